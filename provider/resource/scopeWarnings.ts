import type { ActivationState } from "../activation/state";
import { scopeLabel } from "../api/scope";
import { expiryWarnings } from "../planSummary/expiry";
import { renderWarning } from "../planSummary/render";
import type { Declarations } from "../run/declarations";
import { warnFor } from "../session/operation";
import type { Target } from "../session/operation";
import { formatIds } from "../shared/format";
import type { ActivationInputs } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { loadClients } from "./clients/load";
import { UNKNOWN } from "./resource";
import { certificatesInState } from "./storedActivation";
import type { StoredActivation } from "./storedActivation";

/** Warns of certificates of a state that are no longer active. */
export function logInactive(
  { connection, scope }: Target,
  managed: ReadonlySet<string>,
  now: ActivationState,
): void {
  const inactive = managed.difference(new Set(Object.keys(now.certificateIds)));
  if (inactive.size === 0) return;
  warnFor(
    connection,
    `${scopeLabel(scope)}: no longer active: ${formatIds(inactive)}. This update only moves the ` +
      "resource to another provider. `pulumi preview` shows what the next `pulumi up` activates.",
  );
}

/** Warns of unmanaged certificates that became active since the state was written: an interrupted update may have left them. */
export function logNewlyActive({ connection, scope }: Target, ids: ReadonlySet<string>): void {
  if (ids.size === 0) return;
  warnFor(
    connection,
    `${scopeLabel(scope)}: activated outside this resource: ${formatIds(ids)}. If an update was interrupted, run ` +
      "`pulumi up` with the unchanged program first.",
  );
}

/** Warns of unmanaged certificates that stay active in addition to an exclusive set, because another resource declared them. */
export function logPresumed({ connection, scope }: Target, ids: ReadonlySet<string>): void {
  if (ids.size === 0) return;
  const many = ids.size > 1;
  warnFor(
    connection,
    `${scopeLabel(scope)}: ${formatIds(ids)} ${many ? "are" : "is"} active although exclusive is set: at the last update ` +
      `or refresh, another resource declared ${many ? "them" : "it"}. Whether it still does is not known yet: let this ` +
      "resource depend on that one (dependsOn).",
  );
}

/** Warns of a resource that declares ids of which the preview of an exclusive set, which was checked before, did not know. */
export async function logDeclaredLate(
  target: Target | undefined,
  { certificateIds }: Pick<MaybeUnknown<ActivationInputs>, "certificateIds">,
  declarations: Declarations,
): Promise<void> {
  if (!target || certificateIds === UNKNOWN) return;
  const { announcedSurplus } = await declarations.known();
  const ids = announcedSurplus.intersection(new Set(Object.keys(certificateIds)));
  if (ids.size === 0) return;
  warnFor(
    target.connection,
    `${scopeLabel(target.scope)}: ${formatIds(ids)}: an exclusive set of this program was checked before this resource and may ` +
      "deactivate what this one declares. Let the exclusive resource depend on this one (dependsOn).",
  );
}

/**
 * A warning about ids that move to a resource which the engine has checked some time after the one that gives them up;
 * none when it was at the same time.
 */
export function movedLateWarning(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const them = ids.length > 1 ? "them" : "it";
  return [
    `${formatIds(ids)}: this resource is checked some time after the one that gives ${them} up, so the update may ` +
      `deactivate ${them} for a moment. To avoid that, leave ${them} in the other resource for one more update.`,
  ];
}

/** Warns about certificates and clients of a state that expire within a number of days; makes no API call. */
export function logExpiries(
  { connection, scope }: Target,
  stored: StoredActivation,
  days: number = stored.expiryWarningDays,
): void {
  const warnings = expiryWarnings(certificatesInState(stored), days, Date.now() / 1000);
  const { clients, clientVerdicts } = stored;
  const ofClients =
    clients && clientVerdicts
      ? loadClients().storedExpiries(clients, clientVerdicts, days, Date.now() / 1000)
      : [];
  for (const warning of [...warnings, ...ofClients]) warnFor(connection, renderWarning(scope, warning));
}
