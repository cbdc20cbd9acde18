import * as v from "valibot";
import type { ListedCertificate } from "../api/listedCertificate";
import { parse } from "../api/schemas";
import type { RunIds } from "../run/declarations";
import { formatIds } from "../shared/format";
import { UserError } from "../shared/userError";
import type { ActivationInputs } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { loadClients } from "./clients/load";
import { affectsCertificates, changedPolicies, POLICY_SCHEMAS } from "./policies";
import { UNKNOWN } from "./resource";

const stateById = v.record(v.string(), v.picklist(["active", "unverified"]));
const unmanagedById = v.record(v.string(), v.picklist(["active", "unverified", "declared"]));

const activeCertificate = v.object({
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
const storedActivation = v.object({
  ...POLICY_SCHEMAS,
  certificateIds: v.optional(stateById),
  certificates: v.optional(v.record(v.string(), activeCertificate), {}),
  unmanagedActiveCertificateIds: v.optional(unmanagedById, {}),
  clientVerdicts: v.optional(v.lazy(() => loadClients().clientVerdictsSchema)),
  projectId: v.optional(v.string()),
  connection: v.optional(v.string()),
});

export type StoredActivation = v.InferOutput<typeof storedActivation>;

/** @throws Error when the state is not one of this resource. */
export function parseStoredActivation(properties: unknown): StoredActivation {
  const parsed = parse(storedActivation, properties);
  if ("value" in parsed) return parsed.value;
  throw new UserError(
    `the stack's state of this resource cannot be read (${parsed.problem}); restore it from the stack's history, ` +
      "or remove the resource from the state with `pulumi state delete` and declare it again",
  );
}

/**
 * Whether the active certificates in the state are the desired ones, so that there is nothing to do.
 * @param known what other resources declare, and have deactivated: they were checked before this one.
 */
export function isUpToDate(
  stored: StoredActivation,
  inputs: MaybeUnknown<ActivationInputs>,
  { declared, deactivated }: Pick<RunIds, "declared" | "deactivated">,
): boolean {
  const { certificateIds, exclusive } = inputs;
  if (certificateIds === UNKNOWN) return false;
  if (changedPolicies(stored, inputs).some(affectsCertificates)) return false;
  const desired = Object.keys(certificateIds);
  if (desired.some((id) => deactivated.has(id))) return false;
  const actual = Object.entries(stored.certificateIds ?? {});
  const isDesired = ([id, state]: [string, string]): boolean => state === certificateIds[id];
  const hasOnlyDesired = actual.length === desired.length && actual.every(isDesired);
  return hasOnlyDesired && !(exclusive && surplusIds(stored, declared).size > 0);
}

/** The ids that a state manages. */
export function managedIds({ certificateIds = {} }: StoredActivation): ReadonlySet<string> {
  return new Set(Object.keys(certificateIds));
}

/**
 * The ids by which a state's organization is known: all that it mentions. None when the resource manages none, because it
 * has nothing to lose then; undefined when there is no state yet.
 */
export function storedIds(stored: StoredActivation): ReadonlySet<string> | undefined {
  if (stored.certificateIds === undefined) return undefined;
  const managed = managedIds(stored);
  return managed.size === 0 ? managed : managed.union(unmanagedIds(stored));
}

/**
 * Why a resource must not leave its organization: its certificates are the only active ones, as far as the state knows, so
 * its removal would end enforcement.
 */
export function refusesRemoval(stored: StoredActivation): string | undefined {
  const managed = managedIds(stored);
  const endsEnforcement = managed.size > 0 && Object.keys(stored.unmanagedActiveCertificateIds).length === 0;
  if (stored.enforcementChange !== "refuse" || !endsEnforcement) return undefined;
  return (
    `is "refuse" in the state: the move to another organization deactivates the last active certificates of the old one ` +
    `(${formatIds(managed)}), which ends enforcement there. Set it to "warn" and run \`pulumi up\` before you ` +
    "change the provider."
  );
}

/** The other ids that were active when a state was written. */
export function unmanagedIds({ unmanagedActiveCertificateIds }: StoredActivation): ReadonlySet<string> {
  return new Set(Object.keys(unmanagedActiveCertificateIds));
}

/**
 * The unmanaged ids of a state that an exclusive set deactivates: no other resource declares them, neither in this run so
 * far nor when the state was written.
 */
export function surplusIds(stored: StoredActivation, declared: ReadonlySet<string>): ReadonlySet<string> {
  return unmanagedIds(stored).difference(declared).difference(presumedIds(stored, declared));
}

/**
 * The unmanaged ids of a state that another resource declared when it was written, and none in this run so far: the engine
 * compares a resource before it checks the next one, so that one may still follow.
 */
export function presumedIds(
  { unmanagedActiveCertificateIds }: StoredActivation,
  declared: ReadonlySet<string>,
): ReadonlySet<string> {
  const entries = Object.entries(unmanagedActiveCertificateIds);
  return new Set(entries.flatMap(([id, state]) => (state === "declared" && !declared.has(id) ? [id] : [])));
}

/** The certificates of a state, with their ids. */
export function certificatesInState({ certificates }: StoredActivation): readonly ListedCertificate[] {
  return Object.entries(certificates).map(([id, certificate]) => ({ id, ...certificate }));
}
