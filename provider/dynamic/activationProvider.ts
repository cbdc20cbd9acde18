import { ExplainedError } from "../explainedError";
import { applyDesired, observe, removeOwned } from "../activation/apply";
import { type ActivationState, byId } from "../activation/state";
import { checks, configureSession, scopeSessionOf } from "../session";
import { inTurn } from "./certificatesOf";
import { type ActivationInputs, checkInputs, type ScopeKind } from "./inputs";
import { declare } from "./declare";
import { isUpToDate } from "./isUpToDate";
import { allKnown, type MaybeUnknown, toldFailures } from "./judge";
import { PartialFailure } from "./partialFailure";
import { preflight, tellExpiries, tellRemoval, tellStrangers, tellUpdate } from "./preflight";
import type { Properties, Provider } from "./protocol";
import { declaredElsewhere, ownedIds, parseStoredState, type StoredState, surplusIds } from "./storedState";
import { UNKNOWN } from "./unknown";
import { IDENTITY, type Identity, identityOf, idOf, type Target, targetOf } from "./target";

/** Speaks the dynamic provider's protocol for the activation of certificates in one kind of scope. */
export function activationProvider(kind: ScopeKind): Provider {
  return {
    async configure({ config }) {
      configureSession((key) => config.get(key));
    },

    check: (olds, news) =>
      checks.run(async () => {
        declare(kind, news);
        const { inputs, failures } = checkInputs(kind, news);
        if (failures) return { failures };
        return { inputs, failures: await preflight(kind, olds, news["certificateIds"], inputs) };
      }),

    async diff(id, olds, news) {
      const stored = parseStoredState(olds);
      const inputs = checkedInputs(kind, news);
      const replaces = IDENTITY.filter((property) => inputs[property] !== stored[property]);
      const target = targetOf(kind, id, stored.connection);
      if (replaces.length > 0) {
        await tellRemoval(target, stored);
        return { changes: true, replaces };
      }
      const changes = !isUpToDate(stored, inputs, deactivatedIn(target));
      const { expiryWarningDays } = inputs;
      if (changes) await tellUpdate(target, stored, inputs);
      else tellExpiries(target, stored, expiryWarningDays === UNKNOWN ? undefined : expiryWarningDays);
      return { changes: changes || expiryWarningDays !== stored.expiryWarningDays };
    },

    async create(news) {
      const inputs = allKnown(checkInputs(kind, news));
      const id = idOf(inputs);
      const outs = await apply(targetOf(kind, id, inputs.connection), id, inputs, new Set(), news);
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
        tellExpiries(target, stored, expiryWarningDays);
        return { outs: { ...olds, expiryWarningDays } };
      }
      return { outs: await apply(target, id, inputs, ownedIds(stored), news) };
    },

    async read(id, properties = {}) {
      const stored = parseStoredState(properties);
      const owned = stored.certificateIds && ownedIds(stored);
      const target = targetOf(kind, id, stored.connection);
      const state = await inTurn(target, (scoped) =>
        observe(scoped, owned, stored, declaredElsewhere(stored)),
      );
      tellStrangers(target, stored, state);
      return {
        id,
        props: outputsOf(target, stored.expiryWarningDays, state),
        inputs: inputsSeenIn(target, stored, state),
      };
    },

    async delete(id, properties) {
      const stored = parseStoredState(properties);
      await inTurn(targetOf(kind, id, stored.connection), (scoped) =>
        removeOwned(scoped, ownedIds(stored), stored.enforcementChange),
      );
    },
  };
}

/** The outputs of a resource. */
type Outputs = ActivationState & Identity & { readonly expiryWarningDays: number };

/** Applies what is desired. @throws when that failed: partially when anything was changed, so that the state says so. */
async function apply(
  target: Target,
  id: string,
  inputs: ActivationInputs,
  owned: ReadonlySet<string>,
  { __provider }: Properties,
): Promise<Outputs> {
  const desired = { ...inputs, ids: new Set(Object.keys(inputs.certificateIds)) };
  const applied = await inTurn(target, (scoped) => applyDesired(scoped, desired, owned, Date.now()));
  const outputs = outputsOf(target, inputs.expiryWarningDays, applied.state);
  const { failure } = applied;
  if (!failure) return outputs;
  if (failure.changedAnything) throw new PartialFailure(id, { ...outputs, __provider }, failure.report);
  throw new ExplainedError(failure.report.join("\n"));
}

function outputsOf(target: Target, expiryWarningDays: number, state: ActivationState): Outputs {
  return { ...identityOf(target), expiryWarningDays, ...state };
}

function checkedInputs(kind: ScopeKind, news: Properties): MaybeUnknown<ActivationInputs> {
  const { inputs, failures } = checkInputs(kind, news);
  if (inputs) return inputs;
  throw new ExplainedError(toldFailures(failures));
}

/** Ids that another resource has deactivated in this run. */
function deactivatedIn({ connection, scope }: Target): ReadonlySet<string> {
  return scopeSessionOf(connection, scope).declarations.deactivated;
}

/** Inputs as if the program had asked for what is active now, so that the next preview shows drift as a difference. */
function inputsSeenIn(
  target: Target,
  { expiryWarningDays }: StoredState,
  { certificateIds, exclusive, enforcementChange, unmanagedActiveCertificateIds }: ActivationState,
): ActivationInputs {
  const surplus = exclusive ? surplusIds({ unmanagedActiveCertificateIds }) : [];
  return {
    ...identityOf(target),
    certificateIds: byId([...Object.keys(certificateIds), ...surplus], "active"),
    exclusive,
    enforcementChange,
    expiryWarningDays,
  };
}
