import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A note on the merge request. */
export interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  body: string;
}

/** A server that acts like the part of GitLab's API that the example uses. */
export interface FakeGitLab {
  readonly url: string;
  readonly token: string;
  notes: Note[];
  labels: string[];
  close(): Promise<void>;
}

/** The id of the token's user. */
export const OWN_USER = 5;
/** Notes on a page, fewer than GitLab's, so that a second page is read. */
const PAGE_SIZE = 2;
const REQUEST = "/projects/3/merge_requests/7";

export async function startFakeGitLab(): Promise<FakeGitLab> {
  const gitLab = { token: "glpat-test", notes: [] as Note[], labels: [] as string[] };
  const respond = (
    method: string,
    url: URL,
    form: URLSearchParams,
  ): { body: unknown; page?: string } | undefined => {
    const text = (name: string): string => form.get(name) ?? "";
    const noteId = /\/notes\/(\d+)$/.exec(url.pathname)?.[1];
    if (method === "GET" && url.pathname === "/user") return { body: { id: OWN_USER } };
    if (method === "GET" && url.pathname === REQUEST) return { body: { labels: gitLab.labels } };
    if (method === "GET" && url.pathname === `${REQUEST}/notes`) {
      const page = Number(url.searchParams.get("page"));
      const isLast = page * PAGE_SIZE >= gitLab.notes.length;
      const body = gitLab.notes.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      return { body, page: isLast ? "" : String(page + 1) };
    }
    if (method === "POST" && url.pathname === `${REQUEST}/notes`) {
      gitLab.notes.push({ id: 100 + gitLab.notes.length, author: { id: OWN_USER }, body: text("body") });
      return { body: {} };
    }
    const note = gitLab.notes.find(({ id }) => id === Number(noteId));
    if (method === "PUT" && note) {
      note.body = text("body");
      return { body: {} };
    }
    if (method === "PUT" && url.pathname === REQUEST) {
      const removed = text("remove_labels").split(",");
      gitLab.labels = [
        ...new Set([...gitLab.labels.filter((label) => !removed.includes(label)), text("add_labels")]),
      ];
      return { body: {} };
    }
    return undefined;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const isAllowed = request.headers["private-token"] === gitLab.token;
      const url = new URL(request.url ?? "", "http://127.0.0.1");
      const found = isAllowed ? respond(request.method ?? "", url, form) : undefined;
      if (found?.page !== undefined) response.setHeader("X-Next-Page", found.page);
      response.writeHead(found ? 200 : isAllowed ? 404 : 401);
      response.end(JSON.stringify(found?.body ?? {}));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(gitLab, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  });
}
