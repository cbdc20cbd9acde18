import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
}

const ID = "openai-certificates";
const document = JSON.parse(
  readFileSync(join(__dirname, "openai-certificates.openapi.json"), "utf8"),
) as Document;

// Not strict: the document has many keywords that ajv does not know.
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat("unixtime", { type: "number", validate: Number.isInteger });
ajv.addSchema(document, ID);

/** Ids of all operations of the API. */
export const operationIds: readonly string[] = Object.values(document.paths).flatMap((methods) =>
  Object.values(methods).map(({ operationId }) => operationId),
);

/** The schema violations in the body of a 200 response to an operation. */
export function responseProblems(operationId: string, body: unknown): readonly string[] {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId !== operationId) continue;
      const pointer = ["paths", path, method, "responses", "200", "content", "application/json", "schema"];
      return problems(pointer, body);
    }
  }
  throw new Error(`The document has no operation ${operationId}.`);
}

/** The schema violations in the body of an error response. */
export const errorProblems = (body: unknown): readonly string[] =>
  problems(["components", "schemas", "ErrorResponse"], body);

function problems(pointer: readonly string[], body: unknown): readonly string[] {
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  const validate = ajv.getSchema(`${ID}#/${escaped.join("/")}`);
  if (!validate) throw new Error(`The document has nothing at /${pointer.join("/")}.`);
  if (validate(body) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
