import * as v from "valibot";
import { redactSecrets } from "./secrets";

/** A certificate as the lists and the answers of activate and deactivate show it, in the API's words. */
export interface ListedCertificate {
  readonly id: string;
  /** The name given at the upload, without what looks like a key; null when none was given. */
  readonly name: string | null;
  /** Whether the certificate is active in the scope that was asked. */
  readonly active: boolean;
  /** When the certificate was uploaded, in Unix seconds. */
  readonly createdAt: number;
  readonly certificateDetails: {
    /** When the certificate becomes valid, in Unix seconds. */
    readonly validAt?: number;
    /** When the certificate expires, in Unix seconds. */
    readonly expiresAt?: number;
  };
}

const unixSeconds = v.pipe(v.number(), v.integer());

/** What every answer says of a certificate. */
const COMMON = {
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.nullable(v.string()),
  created_at: unixSeconds,
  certificate_details: v.object({
    valid_at: v.optional(unixSeconds),
    expires_at: v.optional(unixSeconds),
  }),
};

const listedCertificate = v.pipe(
  v.object({
    ...COMMON,
    object: v.picklist(["organization.certificate", "organization.project.certificate"]),
    active: v.boolean(),
  }),
  v.transform((answer): ListedCertificate => ({ ...inOurWords(answer), active: answer.active })),
);

/** A certificate as it is answered by id and after an upload or a rename: whether it is active is not said. */
export const certificate = v.pipe(
  v.object({
    ...COMMON,
    object: v.picklist(["certificate", "organization.certificate", "organization.project.certificate"]),
  }),
  v.transform((answer) => inOurWords(answer)),
);

function inOurWords({
  id,
  name,
  created_at,
  certificate_details: { valid_at, expires_at },
}: v.InferOutput<v.ObjectSchema<typeof COMMON, undefined>>): Omit<ListedCertificate, "active"> {
  return {
    id,
    // Names reach states, outputs and messages, so a key that was pasted into one ends here.
    name: name === null ? null : redactSecrets(name),
    createdAt: created_at,
    certificateDetails: {
      ...(valid_at !== undefined && { validAt: valid_at }),
      ...(expires_at !== undefined && { expiresAt: expires_at }),
    },
  };
}

/** One page of a list of certificates. */
export const certificatePage = v.object({
  object: v.literal("list"),
  data: v.array(listedCertificate),
  has_more: v.boolean(),
  last_id: v.nullable(v.string()),
});

/** A certificate that was asked for with `include[]=content`. */
export const certificateWithContent = v.object({
  certificate_details: v.object({ content: v.string() }),
});

/** What a delete answers. */
export const deletedAnswer = v.object({ object: v.literal("certificate.deleted"), id: v.string() });

/** What activate and deactivate answer. */
export const toggleAnswer = v.object({
  object: v.picklist([
    "organization.certificate.activation",
    "organization.certificate.deactivation",
    "organization.project.certificate.activation",
    "organization.project.certificate.deactivation",
  ]),
  data: v.array(listedCertificate),
});

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
export function parseShape<const TSchema extends v.GenericSchema>(
  schema: TSchema,
  value: unknown,
): { readonly value: v.InferOutput<TSchema> } | { readonly problem: string } {
  const result = v.safeParse(schema, value);
  if (result.success) return { value: result.output };
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  return { problem: `${path ?? "the body"}: expected ${issue.expected ?? "another value"}` };
}
