import { deactivateManaged, readScope, reconcileScope } from "../activation/reconcileScope";
import { byId } from "../activation/state";
import type { ActivationState } from "../activation/state";
import { DeletedProject } from "../activation/storedOrganization";
import type { Declarations } from "../run/declarations";
import { checkMonitor, scopeSessionOf } from "../session/session";
import { UserError } from "../shared/userError";
import { checkInputs } from "./activationInputs";
import type { ActivationInputs, ScopeKind } from "./activationInputs";
import { declare } from "./declare";
import { isUpToDate } from "./isUpToDate";
import { judgePreview } from "./judgePreview";
import { logRemoval, logUpdate, verifyOrganization } from "./logUpdate";
import { preflight } from "./preflight";
import type { Properties, Resource, UpdateResult } from "./resource";
import { withScope } from "./scopeOperations";
import { logDeclaredLate, logExpiries, logInactive, logNewlyActive, logPresumed } from "./scopeWarnings";
import {
  managedIds,
  parseStoredState,
  presumedIds,
  storedIds,
  surplusIds,
  unmanagedIds,
} from "./storedState";
import type { StoredState } from "./storedState";
import { REPLACEMENT_KEYS, resourceId, targetIfKnown, targetOf, targetProperties } from "./target";
import type { Target, TargetProperties } from "./target";
import { UNKNOWN } from "./unknown";
import { allKnown, formatFailures } from "./validation";
import type { MaybeUnknown } from "./validation";

/** The activation of certificates in one kind of scope. */
export function activationResource(kind: ScopeKind): Resource {
  return {
    check: (olds, news) =>
      checkMonitor.watch(async () => {
        const declarations = declare(kind, news);
        const { inputs, failures } = checkInputs(kind, news);
        if (failures) return { failures };
        if (declarations) await logDeclaredLate(targetIfKnown(kind, inputs), inputs, declarations);
        return {
          inputs: { ...inputs },
          failures: await preflight(kind, olds, news["certificateIds"], inputs),
        };
      }),

    async diff(id, olds, news) {
      const stored = parseStoredState(olds);
      const inputs = checkedInputs(kind, news);
      const replaces = REPLACEMENT_KEYS.filter((property) => inputs[property] !== stored[property]);
      const target = targetOf(kind, id, stored.connection);
      if (replaces.length > 0) {
        await logRemoval(target, stored);
        return { changes: true, replaces };
      }
      const known = await declarationsIn(target).known();
      const changes = !isUpToDate(stored, inputs, known);
      const { expiryWarningDays, exclusive } = inputs;
      if (changes) await logUpdate(target, stored, inputs);
      else logExpiries(target, stored, expiryWarningDays === UNKNOWN ? undefined : expiryWarningDays);
      if (exclusive === true) logPresumed(target, presumedIds(stored, known.declared.union(known.managed)));
      return {
        changes: changes || expiryWarningDays !== stored.expiryWarningDays,
        replaces,
        surplus: exclusive === true ? surplusIds(stored, known.declared) : new Set(),
      };
    },

    async preview(id, olds, news) {
      const inputs = checkedInputs(kind, news);
      const target = id === undefined ? targetIfKnown(kind, inputs) : targetOf(kind, id, inputs.connection);
      if (!target) return;
      const stored = id === undefined ? undefined : parseStoredState(olds);
      // A move between the adapters only rewrites the state.
      if (stored && isUpToDate(stored, inputs, await declarationsIn(target).known())) return;
      await judgePreview(target, stored, inputs);
    },

    async create(news) {
      const inputs = allKnown(checkInputs(kind, news));
      const id = resourceId(inputs);
      return { id, ...(await reconcileTarget(targetOf(kind, id, inputs.connection), inputs, undefined)) };
    },

    async update(id, olds, news) {
      const stored = parseStoredState(olds);
      const inputs = allKnown(checkInputs(kind, news));
      const target = targetOf(kind, id, stored.connection);
      const run = await declarationsIn(target).known();
      if (!isUpToDate(stored, inputs, run)) return reconcileTarget(target, inputs, stored);
      const { expiryWarningDays } = inputs;
      if (expiryWarningDays === stored.expiryWarningDays) return rewriteState(target, stored);
      logExpiries(target, stored, expiryWarningDays);
      return { outputs: { ...olds, expiryWarningDays } };
    },

    async read(id, properties) {
      const stored = parseStoredState(properties);
      const managed = stored.certificateIds && managedIds(stored);
      const target = targetOf(kind, id, stored.connection);
      declarationsIn(target).manage(managedIds(stored));
      checkMonitor.note();
      const read = await unlessDeleted(
        withScope(target, storedIds(stored), (scoped) =>
          readScope(scoped, managed, stored, unmanagedIds(stored)),
        ),
      );
      if (!read) return undefined;
      const { state, newlyActive } = read;
      logNewlyActive(target, newlyActive);
      return {
        outputs: { ...outputsOf(target, stored.expiryWarningDays, state) },
        inputs: { ...inputsFromState(target, stored, state) },
      };
    },

    async delete(id, properties) {
      const stored = parseStoredState(properties);
      await unlessDeleted(
        withScope(targetOf(kind, id, stored.connection), storedIds(stored), (scoped) =>
          deactivateManaged(scoped, managedIds(stored), stored.enforcementChange),
        ),
      );
    },

    async verify(id, properties) {
      const stored = parseStoredState(properties);
      return verifyOrganization(targetOf(kind, id, stored.connection), stored);
    },
  };
}

/** The outputs of an activation. */
type Outputs = ActivationState & TargetProperties & { readonly expiryWarningDays: number };

/**
 * Activates and deactivates certificates as desired.
 * @param stored the state; undefined for a new resource.
 * @throws when that failed before anything was changed.
 */
async function reconcileTarget(
  target: Target,
  inputs: ActivationInputs,
  stored: StoredState | undefined,
): Promise<UpdateResult> {
  const desired = { ...inputs, ids: new Set(Object.keys(inputs.certificateIds)) };
  const managed = stored ? managedIds(stored) : new Set<string>();
  const applied = await withScope(target, stored && storedIds(stored), (scoped) =>
    reconcileScope(scoped, desired, managed, Date.now()),
  );
  const outputs = { ...outputsOf(target, inputs.expiryWarningDays, applied.state) };
  const { failure } = applied;
  if (!failure) return { outputs };
  if (failure.changedAnything) return { outputs, problems: failure.report };
  throw new UserError(failure.report.join("\n"));
}

/**
 * Writes the state of a resource that moves from one provider to another one, with a recent list. Nothing is activated or
 * deactivated, whatever has changed outside Pulumi: the next preview shows that.
 */
async function rewriteState(target: Target, stored: StoredState): Promise<UpdateResult> {
  const managed = managedIds(stored);
  const { state } = await withScope(target, storedIds(stored), (scoped) =>
    readScope(scoped, managed, stored, unmanagedIds(stored), "recent list"),
  );
  logInactive(target, managed, state);
  return { outputs: { ...outputsOf(target, stored.expiryWarningDays, state) } };
}

/** @returns undefined when the project of the resource was deleted, so that nothing is active there. */
async function unlessDeleted<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof DeletedProject) return undefined;
    throw error;
  }
}

function outputsOf(target: Target, expiryWarningDays: number, state: ActivationState): Outputs {
  return { ...targetProperties(target), expiryWarningDays, ...state };
}

function checkedInputs(kind: ScopeKind, news: Properties): MaybeUnknown<ActivationInputs> {
  const { inputs, failures } = checkInputs(kind, news);
  if (inputs) return inputs;
  throw new UserError(formatFailures(failures));
}

/** What the resources of the program declare in a scope. */
function declarationsIn({ connection, scope }: Target): Declarations {
  return scopeSessionOf(connection, scope).declarations;
}

/** Inputs that equal the resource's certificates that are active now, so that the next preview shows drift as a difference. */
function inputsFromState(
  target: Target,
  { expiryWarningDays }: StoredState,
  { certificateIds, exclusive, enforcementChange }: ActivationState,
): ActivationInputs {
  return {
    ...targetProperties(target),
    certificateIds: byId(Object.keys(certificateIds), "active"),
    exclusive,
    enforcementChange,
    expiryWarningDays,
  };
}
