import OpenAI from "openai";
import { isObject } from "../../../../provider/shared/isObject";
import type { Emulator } from "../../../../test/emulator/index";
import type { Client } from "./client";
import { differencesFromTypes } from "./nodeTypes";
import type { TypedBody } from "./nodeTypes";
import type { ClientRequest, Outcome } from "./step";

/** The official client for Node. */
export function nodeClient(): Client {
  const typed: TypedBody[] = [];
  return {
    async perform(emulator, request) {
      const outcome = await perform(emulator, request);
      for (const body of outcome.bodies) typed.push({ request, body });
      return outcome;
    },
    typeProblems: () => differencesFromTypes(typed),
    close: () => Promise.resolve(),
  };
}

async function perform(emulator: Emulator, request: ClientRequest): Promise<Outcome> {
  const bodies: unknown[] = [];
  const { key = emulator.adminKey, retries = 0 } = request;
  const client = new OpenAI({
    baseURL: emulator.url,
    adminAPIKey: key,
    apiKey: null,
    ...(retries !== null && { maxRetries: retries }),
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (response.ok) bodies.push(await response.clone().json());
      return response;
    },
  });
  try {
    // As plain data: what it is compared with is data, too.
    return { value: JSON.parse(JSON.stringify(await call(client, request))) as unknown, bodies };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    return {
      error: {
        class: error.constructor.name,
        status: (error.status as number | undefined) ?? null,
        code: error.code ?? null,
        param: error.param ?? null,
        hasRequestId: Boolean(error.requestID),
      },
      bodies,
    };
  }
}

async function call(client: OpenAI, request: ClientRequest): Promise<unknown> {
  const { operation, id = "", project, parameters = {} } = request;
  const { certificates, projects } = client.admin.organization;
  // The parameters come from a table, so the compiler cannot know that they fit.
  const any = parameters as never;
  switch (operation) {
    case "create":
      return certificates.create(any);
    case "retrieve":
      return certificates.retrieve(id, any);
    case "update":
      return certificates.update(id, any);
    case "delete":
      return certificates.delete(id);
    case "list":
      return pageOf(
        project === undefined ? await certificates.list(any) : await projects.certificates.list(project, any),
      );
    case "list-all": {
      const pages = project === undefined ? certificates.list(any) : projects.certificates.list(project, any);
      const data: unknown[] = [];
      for await (const certificate of pages) data.push(certificate);
      return { data };
    }
    case "activate":
      return pageOf(
        project === undefined
          ? await certificates.activate(any)
          : await projects.certificates.activate(project, any),
      );
    case "deactivate":
      return pageOf(
        project === undefined
          ? await certificates.deactivate(any)
          : await projects.certificates.deactivate(project, any),
      );
  }
}

/** The properties that a page has for a user of the client. Others are the client's own, such as its settings. */
function pageOf(page: object): object {
  if (!isObject(page)) throw new Error("The client returned no page.");
  const { data, object, has_more, last_id } = page;
  return { data, object, has_more, last_id };
}
