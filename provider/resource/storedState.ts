import * as v from "valibot";
import type { ListedCertificate } from "../api/listedCertificate";
import { parse } from "../api/schemas";
import { UserError } from "../shared/userError";
import { DEFAULT_EXPIRY_WARNING_DAYS } from "./activationInputs";

const stateById = v.record(v.string(), v.picklist(["active", "unverified"]));
const unmanagedById = v.record(v.string(), v.picklist(["active", "unverified", "declared"]));

const storedCertificate = v.object({
  name: v.nullish(v.string(), null),
  active: v.boolean(),
  createdAt: v.exactOptional(v.number()),
  certificateDetails: v.object({
    validAt: v.exactOptional(v.number()),
    expiresAt: v.exactOptional(v.number()),
  }),
});

/**
 * What later operations need of a state.
 * `certificateIds` is absent only when an existing resource is read for the first time (`get`).
 */
const storedState = v.object({
  certificateIds: v.optional(stateById),
  exclusive: v.optional(v.boolean(), false),
  enforcementChange: v.optional(v.picklist(["warn", "refuse"]), "warn"),
  expiryWarningDays: v.optional(v.number(), DEFAULT_EXPIRY_WARNING_DAYS),
  certificates: v.optional(v.record(v.string(), storedCertificate), {}),
  unmanagedActiveCertificateIds: v.optional(unmanagedById, {}),
  projectId: v.optional(v.string()),
  connection: v.optional(v.string()),
});

export type StoredState = v.InferOutput<typeof storedState>;

/** @throws Error when the state is not one of this resource. */
export function parseStoredState(properties: unknown): StoredState {
  const parsed = parse(storedState, properties);
  if ("value" in parsed) return parsed.value;
  throw new UserError(
    `the stack's state of this resource cannot be read (${parsed.problem}); restore it from the stack's history, ` +
      "or remove the resource from the state with `pulumi state delete` and declare it again",
  );
}

/** The ids a state claims. */
export function managedIds({ certificateIds = {} }: StoredState): ReadonlySet<string> {
  return new Set(Object.keys(certificateIds));
}

/**
 * The ids by which a state's organization is known: all that it mentions. None when the resource claims none, because it
 * has nothing to lose then; undefined when there is no state yet.
 */
export function storedIds(stored: StoredState): ReadonlySet<string> | undefined {
  if (stored.certificateIds === undefined) return undefined;
  const managed = managedIds(stored);
  return managed.size === 0 ? managed : managed.union(unmanagedIds(stored));
}

/**
 * Why a resource must not leave its organization: its certificates are the only active ones, as far as the state knows, so
 * its removal would end enforcement.
 */
export function refusesRemoval(stored: StoredState): string | undefined {
  const managed = managedIds(stored);
  const endsEnforcement = managed.size > 0 && Object.keys(stored.unmanagedActiveCertificateIds).length === 0;
  if (stored.enforcementChange !== "refuse" || !endsEnforcement) return undefined;
  return (
    `is "refuse" in the state: the move to another organization deactivates the last active certificates of the old one ` +
    `(${[...managed].sort().join(", ")}), which ends enforcement there. Set it to "warn" and run \`pulumi up\` before you ` +
    "change the provider."
  );
}

/** The other ids that were active when a state was written. */
export function unmanagedIds({ unmanagedActiveCertificateIds }: StoredState): ReadonlySet<string> {
  return new Set(Object.keys(unmanagedActiveCertificateIds));
}

/**
 * The unmanaged ids of a state that an exclusive set deactivates: no other resource declares them, neither in this run so
 * far nor when the state was written.
 */
export function surplusIds(stored: StoredState, declared: ReadonlySet<string>): ReadonlySet<string> {
  return unmanagedIds(stored).difference(declared).difference(presumedIds(stored, declared));
}

/**
 * The unmanaged ids of a state that another resource declared when it was written, and none in this run so far: the engine
 * compares a resource before it checks the next one, so that one may still follow.
 */
export function presumedIds(
  { unmanagedActiveCertificateIds }: StoredState,
  declared: ReadonlySet<string>,
): ReadonlySet<string> {
  const entries = Object.entries(unmanagedActiveCertificateIds);
  return new Set(entries.flatMap(([id, state]) => (state === "declared" && !declared.has(id) ? [id] : [])));
}

/** The certificates of a state, with their ids. */
export function storedCertificates({ certificates }: StoredState): readonly ListedCertificate[] {
  return Object.entries(certificates).map(([id, certificate]) => ({ id, ...certificate }));
}
