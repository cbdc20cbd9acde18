import { badRequest } from "./apiError";

/** Limits of `certificate_ids`, from the OpenAPI document. */
const MAX_IDS = 10;

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(body: string): Fields {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // Rejected below, like any other body that is not an object.
  }
  throw badRequest("invalid_json", "The body of the request must be a JSON object.", null);
}

export function requiredText(fields: Fields, name: string): string {
  const text = optionalText(fields, name);
  if (text !== undefined) return text;
  throw badRequest("missing_required_parameter", `Missing required parameter: '${name}'.`, name);
}

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === "string") return value;
  throw badRequest("invalid_type", `'${name}' must be a string.`, name);
}

/** Without repetitions: an id named twice is one certificate. */
export function certificateIds(fields: Fields): readonly string[] {
  const param = "certificate_ids";
  const ids = fields[param];
  if (ids === undefined)
    throw badRequest("missing_required_parameter", `Missing required parameter: '${param}'.`, param);

  if (!isTexts(ids)) throw badRequest("invalid_type", `'${param}' must be a list of strings.`, param);
  if (ids.length === 0) throw badRequest("empty_array", `'${param}' must name at least 1 id.`, param);
  if (ids.length > MAX_IDS)
    throw badRequest("array_above_max_length", `'${param}' must name at most ${MAX_IDS} ids.`, param);

  return [...new Set(ids)];
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
