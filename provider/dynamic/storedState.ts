import * as v from "valibot";
import { parseShape } from "../api/shapes";

const stateById = v.record(v.string(), v.picklist(["active", "unverified"]));

/**
 * What later operations need of a state that this or an earlier version has written.
 * `certificateIds` is absent only when an existing resource is read for the first time (`get`).
 */
const storedState = v.object({
  certificateIds: v.optional(stateById),
  exclusive: v.optional(v.boolean(), false),
  enforcementChange: v.optional(v.picklist(["warn", "refuse"]), "warn"),
  unmanagedActiveCertificateIds: v.optional(stateById, {}),
});

export type StoredState = v.InferOutput<typeof storedState>;

/** @throws Error when the state is not one of this resource. */
export function parseStoredState(properties: unknown): StoredState {
  const parsed = parseShape(storedState, properties);
  if ("value" in parsed) return parsed.value;
  throw new Error(
    `the stack's state of this resource cannot be read (${parsed.problem}); restore it from the stack's history, ` +
      "or remove the resource from the state with `pulumi state delete` and declare it again",
  );
}

/** The ids a state claims. */
export function ownedIds({ certificateIds = {} }: StoredState): ReadonlySet<string> {
  return new Set(Object.keys(certificateIds));
}
