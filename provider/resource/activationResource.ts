import { deactivateManaged, readScope, reconcileScope } from "../activation/reconcileScope";
import { byId } from "../activation/state";
import type { ActivationState } from "../activation/state";
import { DeletedProject } from "../activation/storedOrganization";
import type { ChangeAssessment } from "../clients/changeAssessment";
import type { Declarations } from "../run/declarations";
import type { Target } from "../session/operation";
import { checkMonitor, scopeSessionOf } from "../session/session";
import { UserError } from "../shared/userError";
import { checkInputs } from "./activationInputs";
import type { ActivationInputs, ScopeKind } from "./activationInputs";
import { allKnown, formatFailures } from "./arguments";
import type { MaybeUnknown } from "./arguments";
import { certainRejection, rejectOrWarn } from "./certainRejection";
import { clientJudge, clientsOf } from "./clients/clientJudge";
import { loadClients } from "./clients/load";
import type { ClientOutputs } from "./clients/outputs";
import { declare } from "./declare";
import { logRemoval, logUpdate, verifyOrganization } from "./logUpdate";
import { withScope } from "./openScope";
import { changedPolicies, policiesOf } from "./policies";
import type { Policies } from "./policies";
import { preflight } from "./preflight";
import type { Preflight } from "./preflight";
import { UNKNOWN } from "./resource";
import type { Properties, Resource, UpdateResult } from "./resource";
import { logDeclaredLate, logExpiries, logInactive, logNewlyActive, logPresumed } from "./scopeWarnings";
import {
  isUpToDate,
  managedIds,
  parseStoredActivation,
  presumedIds,
  storedIds,
  surplusIds,
  unmanagedIds,
} from "./storedActivation";
import type { StoredActivation } from "./storedActivation";
import { REPLACEMENT_KEYS, resourceId, targetIfKnown, targetOf, targetProperties } from "./target";
import type { TargetProperties } from "./target";

/** The activation of certificates in one kind of scope. */
export function activationResource(kind: ScopeKind): Resource {
  return {
    async check(olds, news) {
      const { inputs, failures, creation } = await checkMonitor.watch(async (): Promise<Checked> => {
        const declarations = declare(kind, news);
        const checked = checkInputs(kind, news);
        if (checked.failures) return checked;
        if (declarations)
          await logDeclaredLate(targetIfKnown(kind, checked.inputs), checked.inputs, declarations);
        return { ...checked, ...(await preflight(kind, olds, news, checked.inputs)) };
      });
      if (!inputs) return { failures };
      const target = targetIfKnown(kind, inputs);
      const rejection = creation && target && (await rejectOrWarn(creation, target, undefined, inputs));
      return {
        inputs: { ...inputs },
        failures: rejection === undefined ? failures : [{ property: "certificateIds", reason: rejection }],
      };
    },

    async diff(id, olds, news) {
      const stored = parseStoredActivation(olds);
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
        changes: changes || changedPolicies(stored, inputs).length > 0,
        replaces,
        surplus: exclusive === true ? surplusIds(stored, known.declared) : new Set(),
      };
    },

    async preview(id, olds, news) {
      const inputs = checkedInputs(kind, news);
      const target = id === undefined ? targetIfKnown(kind, inputs) : targetOf(kind, id, inputs.connection);
      if (!target) return;
      const stored = id === undefined ? undefined : parseStoredActivation(olds);
      // A move between the adapters only rewrites the state.
      if (stored && isUpToDate(stored, inputs, await declarationsIn(target).known())) return;
      const rejection = await certainRejection(target, stored, inputs);
      if (rejection !== undefined) throw new UserError(rejection);
    },

    async create(news) {
      const inputs = allKnown(checkInputs(kind, news));
      const id = resourceId(inputs);
      return { id, ...(await reconcileTarget(targetOf(kind, id, inputs.connection), inputs, undefined)) };
    },

    async update(id, olds, news) {
      const stored = parseStoredActivation(olds);
      const inputs = allKnown(checkInputs(kind, news));
      const target = targetOf(kind, id, stored.connection);
      const run = await declarationsIn(target).known();
      if (!isUpToDate(stored, inputs, run)) return reconcileTarget(target, inputs, stored);
      if (changedPolicies(stored, inputs).length === 0) return rewriteState(target, stored);
      logExpiries(target, stored, inputs.expiryWarningDays);
      return { outputs: { ...olds, ...policiesOf(inputs) } };
    },

    async read(id, properties) {
      const stored = parseStoredActivation(properties);
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
        outputs: { ...outputsOf(target, stored, state), ...clientOutputs(stored, stored, state) },
        inputs: { ...inputsFromState(target, stored, state) },
      };
    },

    async delete(id, properties) {
      const stored = parseStoredActivation(properties);
      const clients = clientJudge(clientsOf(stored, stored));
      await unlessDeleted(
        withScope(targetOf(kind, id, stored.connection), storedIds(stored), (scoped) =>
          deactivateManaged(scoped, managedIds(stored), stored.enforcementChange, clients),
        ),
      );
    },

    async verify(id, properties) {
      const stored = parseStoredActivation(properties);
      return verifyOrganization(targetOf(kind, id, stored.connection), stored);
    },
  };
}

/** Arguments, once they are validated, also against the API. */
interface Checked extends Preflight {
  readonly inputs?: MaybeUnknown<ActivationInputs>;
}

/** The outputs of an activation. */
type Outputs = ActivationState & TargetProperties & Policies & Partial<ClientOutputs>;

/**
 * Activates and deactivates certificates as desired.
 * @param stored the state; undefined for a new resource.
 * @throws when that failed before anything was changed.
 */
async function reconcileTarget(
  target: Target,
  inputs: ActivationInputs,
  stored: StoredActivation | undefined,
): Promise<UpdateResult> {
  const desired = { ...inputs, ids: new Set(Object.keys(inputs.certificateIds)) };
  const managed = stored ? managedIds(stored) : new Set<string>();
  const clients = clientJudge(clientsOf(inputs, stored));
  const applied = await withScope(target, stored && storedIds(stored), (scoped) =>
    reconcileScope(scoped, desired, managed, Date.now(), clients),
  );
  const outputs = {
    ...outputsOf(target, inputs, applied.state),
    ...clientOutputs(inputs, stored, applied.state, clients.assessment()),
  };
  const { failure } = applied;
  if (!failure) return { outputs };
  if (failure.changedAnything) return { outputs, problems: failure.report };
  throw new UserError(failure.report.join("\n"));
}

/**
 * Writes the state of a resource that moves from one provider to another one, with a recent list. Nothing is activated or
 * deactivated, whatever has changed outside Pulumi: the next preview shows that.
 */
async function rewriteState(target: Target, stored: StoredActivation): Promise<UpdateResult> {
  const managed = managedIds(stored);
  const { state } = await withScope(target, storedIds(stored), (scoped) =>
    readScope(scoped, managed, stored, unmanagedIds(stored), "recent list"),
  );
  logInactive(target, managed, state);
  return { outputs: { ...outputsOf(target, stored, state), ...clientOutputs(stored, stored, state) } };
}

/** What the state is to hold about the clients; nothing for a resource without any. */
function clientOutputs(
  policies: Policies,
  stored: StoredActivation | undefined,
  state: ActivationState,
  assessment?: ChangeAssessment,
): Partial<ClientOutputs> {
  if (policies.clients === undefined) return {};
  return loadClients().clientOutputs(clientsOf(policies, stored), state, assessment);
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

function outputsOf(target: Target, policies: Policies, state: ActivationState): Outputs {
  return { ...targetProperties(target), ...policiesOf(policies), ...state };
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
  policies: Policies,
  { certificateIds }: ActivationState,
): ActivationInputs {
  return {
    ...targetProperties(target),
    ...policiesOf(policies),
    certificateIds: byId(Object.keys(certificateIds), "active"),
  };
}
