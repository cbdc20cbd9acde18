import * as v from "valibot";
import { redactSecrets } from "../shared/redact";
import { ID } from "./id";
import type { CertificateInfo, ListedCertificate } from "./listedCertificate";

/** Ids reach paths, states and terminals, so those of responses are validated like those of programs. */
const id = v.pipe(
  v.string(),
  v.check((text) => ID.test(text), "an id"),
);

const unixSeconds = v.pipe(v.number(), v.integer());

const DETAILS = { valid_at: v.nullish(unixSeconds), expires_at: v.nullish(unixSeconds) };

/**
 * A certificate in any response. The API's documentation and its official clients disagree about what is optional, so
 * only the id is required; `object` and unknown fields are ignored.
 */
const COMMON = {
  id,
  name: v.nullish(v.string(), null),
  created_at: v.nullish(unixSeconds),
  certificate_details: v.nullish(v.object(DETAILS), {}),
};

/** A certificate as the API returns it by id, and after an upload or a rename. */
export const certificate = v.pipe(
  v.object(COMMON),
  v.transform((response) => fromApi(response)),
);

/** Nothing but the lists reports what is active, so there `active` is required. */
const listedCertificate = v.pipe(
  v.object({ ...COMMON, active: v.boolean() }),
  v.transform((response): ListedCertificate => ({ ...fromApi(response), active: response.active })),
);

const changedCertificate = v.pipe(
  v.object({ ...COMMON, active: v.nullish(v.boolean()) }),
  v.transform((response) => ({ ...fromApi(response), active: response.active ?? undefined })),
);

function fromApi({
  id,
  name,
  created_at,
  certificate_details: { valid_at, expires_at },
}: v.InferOutput<v.ObjectSchema<typeof COMMON, undefined>>): CertificateInfo {
  return {
    id,
    // Names reach states, outputs and messages, so a key that was pasted into one ends here.
    name: name === null ? null : redactSecrets(name),
    ...(typeof created_at === "number" && { createdAt: created_at }),
    certificateDetails: {
      ...(typeof valid_at === "number" && { validAt: valid_at }),
      ...(typeof expires_at === "number" && { expiresAt: expires_at }),
    },
  };
}

/** One page of a list of certificates. `last_id` is needed only when there is a next page. */
export const certificatePage = v.object({
  data: v.array(listedCertificate),
  has_more: v.nullish(v.boolean(), false),
  last_id: v.nullish(v.string(), null),
});

/** A certificate that was requested with `include[]=content`. */
export const certificateWithContent = v.pipe(
  v.object({
    ...COMMON,
    certificate_details: v.object({ ...DETAILS, content: v.string() }),
  }),
  v.transform((response) => ({ ...fromApi(response), content: response.certificate_details.content })),
);

/** The response to a delete. Either `object` or `deleted` confirms it. */
export const deleteResponse = v.object({
  id: v.nullish(v.string()),
  object: v.optional(v.unknown()),
  deleted: v.nullish(v.boolean()),
});

/** The response to activate and deactivate: the changed certificates, those of the request, or all of the scope. */
export const activationResponse = v.object({ data: v.array(changedCertificate) });

/** The body of every error of the API. */
export const errorBody = v.object({
  error: v.object({
    message: v.string(),
    code: v.nullish(v.string()),
    type: v.nullish(v.string()),
  }),
});

/**
 * Parses what came from outside.
 * @returns the parsed value, or a sentence about the first thing that is wrong with it.
 */
export function parse<const TSchema extends v.GenericSchema>(
  schema: TSchema,
  value: unknown,
): { readonly value: v.InferOutput<TSchema> } | { readonly problem: string } {
  const result = v.safeParse(schema, value);
  if (result.success) return { value: result.output };
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  // Other messages of the library repeat the value.
  const expected = issue.type === "check" ? issue.message : (issue.expected ?? "another value");
  return { problem: `${path ?? "the body"}: expected ${expected}` };
}
