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

/** The unmanaged ids of a state that an exclusive set would deactivate: no other resource declares them. */
export function surplusIds({
  unmanagedActiveCertificateIds,
}: Pick<StoredState, "unmanagedActiveCertificateIds">): readonly string[] {
  const entries = Object.entries(unmanagedActiveCertificateIds);
  return entries.flatMap(([id, state]) => (state === "declared" ? [] : [id]));
}

/** The unmanaged ids of a state that another resource declares. */
export function declaredElsewhere({ unmanagedActiveCertificateIds }: StoredState): ReadonlySet<string> {
  const entries = Object.entries(unmanagedActiveCertificateIds);
  return new Set(entries.flatMap(([id, state]) => (state === "declared" ? [id] : [])));
}

/** The certificates of a state, with their ids. */
export function storedCertificates({ certificates }: StoredState): readonly ListedCertificate[] {
  return Object.entries(certificates).map(([id, certificate]) => ({ id, ...certificate }));
}
