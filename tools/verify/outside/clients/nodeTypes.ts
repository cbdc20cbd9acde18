import { typecheck } from "../../../../test/support/typecheck";
import type { ClientRequest } from "./step";

/** The body of a successful response, and the request that it responds to. */
export interface TypedBody {
  readonly request: ClientRequest;
  readonly body: unknown;
}

const IMPORTS = `
import type * as organization from "openai/resources/admin/organization/certificates";
import type * as project from "openai/resources/admin/organization/projects/certificates";
import type { ConversationCursorPageResponse, PageResponse } from "openai/core/pagination";

// Fields that the API's description has and the client's pages lack; last_id is null on an empty page there, and the
// client's own code expects that.
export type ListPage<Item> = Omit<ConversationCursorPageResponse<Item>, "last_id"> & {
  object: "list"; first_id: string | null; last_id: string | null };
export type ChangePage<Item> = PageResponse<Item> & { first_id?: string | null; last_id?: string | null; has_more?: boolean };
`;

/**
 * Lets the TypeScript compiler compare bodies with the types of the client: a field that is missing, that has another
 * type or that the types do not know is an error of an object literal.
 */
export function differencesFromTypes(bodies: readonly TypedBody[]): readonly string[] {
  // One body a line, so that the line of an error names the request.
  const lines = bodies.map(
    ({ request, body }, index) => `const body${index}: ${typeOf(request)} = ${JSON.stringify(body)};`,
  );
  const used = `export default [${lines.map((_, index) => `body${index}`).join(", ")}];`;
  const head = IMPORTS.split("\n");
  const text = [...head, ...lines, used].join("\n");
  return typecheck({ "bodies.ts": text }).map((error) => {
    const line = Number(/^\S*:(\d+) /.exec(error)?.[1]);
    const request = bodies[line - head.length - 1]?.request;
    const what = request ? `the response to ${JSON.stringify(request)}` : "the imports";
    return `${what}: ${error.replace(/^\S+ /, "")}`;
  });
}

function typeOf({ operation, project }: ClientRequest): string {
  const scope = project === undefined ? "organization" : "project";
  switch (operation) {
    case "create":
    case "retrieve":
    case "update":
      return "organization.Certificate";
    case "delete":
      return "organization.CertificateDeleteResponse";
    case "list":
    case "list-all":
      return `ListPage<${scope}.CertificateListResponse>`;
    case "activate":
      return `ChangePage<${scope}.CertificateActivateResponse>`;
    case "deactivate":
      return `ChangePage<${scope}.CertificateDeactivateResponse>`;
  }
}
