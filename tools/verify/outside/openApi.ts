import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { REPOSITORY } from "../../../test/engine/packages";

/** As much of an OpenAPI document as the checks change. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, object>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, object>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
}

/** The emulator's copy of the API's description. */
const DOCUMENT = join(REPOSITORY, "test/emulator/openai-certificates.openapi.json");

/** Errors that any operation may respond with. The document has only 429. */
const ERROR_STATUSES = ["400", "401", "404"];

/** The description of the API, which has the shapes of requests and successful responses. */
export async function readDocument(): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(DOCUMENT, "utf8")) as OpenApiDocument;
}

/** A document with what it lacks to check errors and keys. The shapes of successful responses stay as they are. */
export function withErrors(document: OpenApiDocument): OpenApiDocument {
  const error = {
    description: "an error",
    content: { "application/json": { schema: { $ref: "#/components/schemas/ErrorResponse" } } },
  };
  const errors = Object.fromEntries(ERROR_STATUSES.map((status) => [status, error]));
  const securitySchemes = { AdminApiKeyAuth: { type: "http", scheme: "bearer" } };
  return mapOperations(
    { ...document, components: { ...document.components, securitySchemes } },
    (operation) => ({ ...operation, responses: { ...operation.responses, ...errors } }),
  );
}

export function mapOperations(
  document: OpenApiDocument,
  change: (operation: Operation) => Operation,
): OpenApiDocument {
  return { ...document, paths: mapValues(document.paths, (methods) => mapValues(methods, change)) };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
