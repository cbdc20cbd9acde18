import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { announcements, refusedByPolicy } from "../activation/enforcement";
import { activeIds } from "../activation/plan";
import { refusals } from "../activation/refusals";
import type { ActivationState } from "../activation/state";
import type { ScopedCertificates } from "../activation/scopedCertificates";
import { ApiError } from "../api/errors";
import { scopeName } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";
import { verifiesInPreview } from "../connection";
import { ConnectionError } from "../connection/connectionError";
import { expiryWarnings } from "../review/expiry";
import { type Review, review } from "../review/review";
import { reviewText } from "../review/text";
import type { Declarations } from "../declarations";
import { sayOnce } from "../say";
import { scopeSessionOf, settingsOf } from "../session";
import { certificatesOf, IMPATIENT } from "./certificatesOf";
import { type ActivationInputs, type KnownIds, knownIds, type ScopeKind } from "./inputs";
import type { MaybeUnknown } from "./judge";
import { certainLockout, warnOfLockout } from "./lockoutPreview";
import { ownedIds, storedCertificates, type StoredState } from "./storedState";
import { IDENTITY, idOf, type Target, targetOf } from "./target";
import { UNKNOWN } from "./unknown";

/** A live list, and the scope it is of. */
interface LiveList {
  readonly scoped: ScopedCertificates;
  readonly listed: readonly ListedCertificate[];
  readonly declarations: Declarations;
}

/** What the program says beside the ids. */
type Policies = Omit<ActivationInputs, "certificateIds">;

/**
 * Looks, when inputs changed, whether the API would refuse them, and tells what the apply of a new resource will do.
 * (That of an existing one is told by `diff`, which knows its state.)
 * @param olds the inputs before; empty for a new resource.
 * @param given `certificateIds` as the program gave them, unknown elements and all.
 */
export async function preflight(
  kind: ScopeKind,
  olds: Readonly<Record<string, unknown>>,
  given: unknown,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<dynamic.CheckFailure[]> {
  const isNew = olds["certificateIds"] === undefined;
  if (isUnchanged(olds, { ...inputs })) return [];
  const policies = knownPolicies(inputs);
  if (!policies) return [];
  const known = knownIds(given);
  const look = await lookAt(targetOf(kind, idOf(policies), policies.connection), known);
  if (!look) return [];

  const missing = known.ids.difference(activeIds(look.listed));
  const bad = refusals(missing, look.listed, Date.now() / 1000);
  if (bad.length > 0) {
    return bad.map(({ id, reason }) => ({
      property: `certificateIds[${known.positionOf(id)}]`,
      reason: `${id} ${reason}`,
    }));
  }
  const owned = new Set(Object.keys(olds["certificateIds"] ?? {}));
  const change = reviewed(look, policies, known, owned);
  const reason = refusedByPolicy(change.enforcement, policies.enforcementChange, look.scoped.scope);
  if (isNew || known.unknown > 0 || reason !== undefined) tell(look, change);
  if (reason !== undefined) return [{ property: "enforcementChange", reason }];
  if (known.unknown > 0) return [];
  const lockout = await certainLockout({ ...look, desired: { ...policies, ids: known.ids }, owned }, isNew);
  return lockout === undefined ? [] : [{ property: "certificateIds", reason: lockout }];
}

/** Tells what an update will do. */
export async function tellUpdate(
  target: Target,
  stored: StoredState,
  inputs: MaybeUnknown<ActivationInputs>,
): Promise<void> {
  const policies = knownPolicies(inputs);
  if (!policies || inputs.certificateIds === UNKNOWN) return;
  const known = knownIds(inputs.certificateIds);
  const look = await lookAt(target, known);
  if (!look) return;
  const owned = ownedIds(stored);
  tell(look, reviewed(look, policies, known, owned));
  await warnOfLockout({ ...look, desired: { ...policies, ids: known.ids }, owned });
}

/** Tells what the removal of a resource will do, for one that is replaced. */
export async function tellRemoval(target: Target, stored: StoredState): Promise<void> {
  const none = { ids: new Set<string>(), unknown: 0 };
  const look = await lookAt(target, none);
  if (!look) return;
  const [policies, owned] = [{ ...stored, exclusive: false }, ownedIds(stored)];
  tell(look, reviewed(look, policies, none, owned));
  await warnOfLockout({ ...look, desired: { ...policies, ids: none.ids }, owned });
}

/** Tells which others have become active since the state was written: an apply that was killed may have left them. */
export function tellStrangers({ scope }: Target, before: StoredState, now: ActivationState): void {
  if (before.certificateIds === undefined) return;
  const known = new Set(Object.keys(before.unmanagedActiveCertificateIds));
  const strangers = Object.keys(now.unmanagedActiveCertificateIds).filter((id) => !known.has(id));
  if (strangers.length === 0) return;
  sayOnce(
    `${scopeName(scope)}: became active, and is not of this resource: ${strangers.join(", ")}. If an apply was killed, ` +
      "run `pulumi up` with its program before you change it.",
  );
}

/** Warns about certificates of a state that expire within a number of days; makes no API call. */
export function tellExpiries(
  { scope }: Target,
  stored: StoredState,
  days: number = stored.expiryWarningDays,
): void {
  const warnings = expiryWarnings(storedCertificates(stored), days, Date.now() / 1000);
  for (const warning of warnings) sayOnce(`${scopeName(scope)}: warning: ${warning}`);
}

/**
 * Looks at what is there, with one try, and never in the way of a preview.
 * @param known ids that are expected in the list; one that is missing in a list from before is looked for anew.
 * @returns undefined when it may not or cannot be looked at; why, is said in one line.
 */
async function lookAt(target: Target, known: Pick<KnownIds, "ids">): Promise<LiveList | undefined> {
  try {
    if (!verifiesInPreview(settingsOf(target.connection))) return undefined;
    const scoped = certificatesOf(target, IMPATIENT);
    const listed = scoped.recall(known.ids) ?? (await scoped.list(known.ids));
    const { declarations } = scopeSessionOf(target.connection, target.scope);
    return { scoped, listed, declarations };
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof ConnectionError)) throw error;
    sayOnce(`the certificates were not verified: ${error.message}`);
    return undefined;
  }
}

function reviewed(
  { listed, scoped: { scope, identity }, declarations: { declared, announced } }: LiveList,
  { exclusive, enforcementChange, expiryWarningDays }: Policies,
  { ids, unknown }: Pick<KnownIds, "ids" | "unknown">,
  owned: ReadonlySet<string>,
): Review {
  const desired = { ids, exclusive, enforcementChange };
  const hasIdentity = identity !== undefined;
  const now = Date.now() / 1000;
  return review({
    ...{ scope, desired, owned, listed, declared, announced },
    ...{ unknown, expiryWarningDays, hasIdentity, now },
  });
}

/** Tells what an apply would do, and what that means. */
function tell({ scoped, declarations }: LiveList, change: Review): void {
  declarations.announceDeactivation(change.deactivate.map(({ certificate: { id } }) => id));
  scoped.say(reviewText(change, Date.now() / 1000));
  for (const text of announcements(change.enforcement, scoped.scope, scoped.clientAccess)) scoped.say(text);
}

/** Whether the inputs that decide which certificates are active are those of before, so that no list is needed. */
function isUnchanged(
  olds: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  const properties = new Set([...Object.keys(inputs), ...IDENTITY]);
  properties.delete("expiryWarningDays");
  return [...properties].every((property) => isDeepStrictEqual(olds[property], inputs[property]));
}

function knownPolicies(inputs: MaybeUnknown<ActivationInputs>): Policies | undefined {
  const { certificateIds, ...policies } = inputs;
  return Object.values(policies).includes(UNKNOWN) ? undefined : (policies as Policies);
}
