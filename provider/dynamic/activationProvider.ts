import { deactivateManaged, readScope, reconcileScope } from "../activation/reconcileScope";
import { byId } from "../activation/state";
import type { ActivationState } from "../activation/state";
import { checkInputs } from "../resource/activationInputs";
import type { ActivationInputs, ScopeKind } from "../resource/activationInputs";
import { declare } from "../resource/declare";
import { isUpToDate } from "../resource/isUpToDate";
import { logExpiries, logNewlyActive, logRemoval, logUpdate, preflight } from "../resource/preflight";
import { withScope } from "../resource/scopeOperations";
import { declaredElsewhere, managedIds, parseStoredState, surplusIds } from "../resource/storedState";
import type { StoredState } from "../resource/storedState";
import { REPLACEMENT_KEYS, resourceId, targetOf, targetProperties } from "../resource/target";
import type { Target, TargetProperties } from "../resource/target";
import { UNKNOWN } from "../resource/unknown";
import { allKnown, formatFailures } from "../resource/validation";
import type { MaybeUnknown } from "../resource/validation";
import { checkMonitor, configureSession, scopeSessionOf } from "../session/session";
import { UserError } from "../shared/userError";
import { PartialFailure } from "./partialFailure";
import type { Properties, Provider } from "./protocol";

/** Speaks the dynamic provider's protocol for the activation of certificates in one kind of scope. */
export function activationProvider(kind: ScopeKind): Provider {
  return {
    async configure({ config }) {
      configureSession((key) => config.get(key));
    },

    check: (olds, news) =>
      checkMonitor.watch(async () => {
        declare(kind, news);
        const { inputs, failures } = checkInputs(kind, news);
        if (failures) return { failures };
        return { inputs, failures: await preflight(kind, olds, news["certificateIds"], inputs) };
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
      const changes = !isUpToDate(stored, inputs, deactivatedIn(target));
      const { expiryWarningDays } = inputs;
      if (changes) await logUpdate(target, stored, inputs);
      else logExpiries(target, stored, expiryWarningDays === UNKNOWN ? undefined : expiryWarningDays);
      return { changes: changes || expiryWarningDays !== stored.expiryWarningDays };
    },

    async create(news) {
      const inputs = allKnown(checkInputs(kind, news));
      const id = resourceId(inputs);
      const outs = await reconcileTarget(targetOf(kind, id, inputs.connection), id, inputs, new Set(), news);
      return { id, outs };
    },

    async update(id, olds, news) {
      const stored = parseStoredState(olds);
      const inputs = allKnown(checkInputs(kind, news));
      const target = targetOf(kind, id, stored.connection);
      const { expiryWarningDays } = inputs;
      if (
        expiryWarningDays !== stored.expiryWarningDays &&
        isUpToDate(stored, inputs, deactivatedIn(target))
      ) {
        logExpiries(target, stored, expiryWarningDays);
        return { outs: { ...olds, expiryWarningDays } };
      }
      return { outs: await reconcileTarget(target, id, inputs, managedIds(stored), news) };
    },

    async read(id, properties = {}) {
      const stored = parseStoredState(properties);
      const managed = stored.certificateIds && managedIds(stored);
      const target = targetOf(kind, id, stored.connection);
      const state = await withScope(target, (scoped) =>
        readScope(scoped, managed, stored, declaredElsewhere(stored)),
      );
      logNewlyActive(target, stored, state);
      return {
        id,
        props: outputsOf(target, stored.expiryWarningDays, state),
        inputs: inputsFromState(target, stored, state),
      };
    },

    async delete(id, properties) {
      const stored = parseStoredState(properties);
      await withScope(targetOf(kind, id, stored.connection), (scoped) =>
        deactivateManaged(scoped, managedIds(stored), stored.enforcementChange),
      );
    },
  };
}

/** The outputs of a resource. */
type Outputs = ActivationState & TargetProperties & { readonly expiryWarningDays: number };

/** Activates and deactivates certificates as desired. @throws when that failed: partially when anything was changed, so that the state says so. */
async function reconcileTarget(
  target: Target,
  id: string,
  inputs: ActivationInputs,
  managed: ReadonlySet<string>,
  { __provider }: Properties,
): Promise<Outputs> {
  const desired = { ...inputs, ids: new Set(Object.keys(inputs.certificateIds)) };
  const applied = await withScope(target, (scoped) => reconcileScope(scoped, desired, managed, Date.now()));
  const outputs = outputsOf(target, inputs.expiryWarningDays, applied.state);
  const { failure } = applied;
  if (!failure) return outputs;
  if (failure.changedAnything) throw new PartialFailure(id, { ...outputs, __provider }, failure.report);
  throw new UserError(failure.report.join("\n"));
}

function outputsOf(target: Target, expiryWarningDays: number, state: ActivationState): Outputs {
  return { ...targetProperties(target), expiryWarningDays, ...state };
}

function checkedInputs(kind: ScopeKind, news: Properties): MaybeUnknown<ActivationInputs> {
  const { inputs, failures } = checkInputs(kind, news);
  if (inputs) return inputs;
  throw new UserError(formatFailures(failures));
}

/** Ids that another resource has deactivated in this run. */
function deactivatedIn({ connection, scope }: Target): ReadonlySet<string> {
  return scopeSessionOf(connection, scope).declarations.deactivated;
}

/** Inputs that equal the certificates that are active now, so that the next preview shows drift as a difference. */
function inputsFromState(
  target: Target,
  { expiryWarningDays }: StoredState,
  { certificateIds, exclusive, enforcementChange, unmanagedActiveCertificateIds }: ActivationState,
): ActivationInputs {
  const surplus = exclusive ? surplusIds({ unmanagedActiveCertificateIds }) : [];
  return {
    ...targetProperties(target),
    certificateIds: byId([...Object.keys(certificateIds), ...surplus], "active"),
    exclusive,
    enforcementChange,
    expiryWarningDays,
  };
}
