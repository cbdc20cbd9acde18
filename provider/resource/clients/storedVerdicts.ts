import * as v from "valibot";
import { storedTrustSchema } from "../../clients/storedTrust";

/** What a state holds so that later updates read no content again. Programs do not see it. */
export const clientVerdictsSchema = v.object({
  trust: storedTrustSchema,
  /** The subject key identifiers of certificates that were read, by id: they tell which one to read first. */
  keyIdentifiers: v.record(v.string(), v.string()),
  /** Active certificates that a project inherits from the organization. */
  inherited: v.array(v.string()),
});

export type ClientVerdicts = v.InferOutput<typeof clientVerdictsSchema>;
