import type { dynamic } from "@pulumi/pulumi";
import { applyDesired, type Applied, observe, removeOwned } from "../activation/apply";
import type { Desired } from "../activation/plan";
import { type ActivationState, byId } from "../activation/state";
import type { Scope } from "../api/scope";
import { configureSession } from "../session";
import { certificatesOf } from "./certificatesOf";
import { type CheckedInputs, checkInputs } from "./inputs";
import { PartialFailure } from "./partialFailure";
import { ownedIds, parseStoredState, type StoredState } from "./storedState";
import { UNKNOWN } from "./unknown";

/** What the engine hands over: anything, until it is parsed. */
type Properties = Readonly<Record<string, unknown>>;

/** A provider as the closures in a state call it: its method names are a contract with every state ever written. */
export interface ActivationProvider {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  create(inputs: Properties): Promise<dynamic.CreateResult>;
  read(id: string, properties?: Properties): Promise<dynamic.ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  delete(id: string, properties: Properties): Promise<void>;
}

/** Speaks the dynamic provider's protocol for the activation of certificates in one scope. */
export function activationProvider(scope: Scope): ActivationProvider {
  const id = scope.kind;
  return {
    async configure({ config }) {
      configureSession((key) => config.get(key));
    },

    async check(_olds, news) {
      return checkInputs(news);
    },

    async diff(_id, olds, news) {
      return { changes: !isSettled(parseStoredState(olds), checkedInputs(news)) };
    },

    async create(inputs) {
      const applied = await applyDesired(certificatesOf(scope), desiredOf(inputs), new Set(), Date.now());
      return { id, outs: settled(applied, id, inputs) };
    },

    async update(_id, olds, news) {
      const owned = ownedIds(parseStoredState(olds));
      const applied = await applyDesired(certificatesOf(scope), desiredOf(news), owned, Date.now());
      return { outs: settled(applied, id, news) };
    },

    async read(_id, properties = {}) {
      const stored = parseStoredState(properties);
      const owned = stored.certificateIds && ownedIds(stored);
      const state = await observe(certificatesOf(scope), owned, stored);
      return { id, props: state, inputs: inputsSeenIn(state) };
    },

    async delete(_id, properties) {
      const stored = parseStoredState(properties);
      await removeOwned(certificatesOf(scope), ownedIds(stored), stored.enforcementChange, Date.now());
    },
  };
}

/** Whether what the state says is really active is what is desired, so that there is nothing to do. */
function isSettled(
  stored: StoredState,
  { certificateIds, exclusive, enforcementChange }: CheckedInputs,
): boolean {
  if (certificateIds === UNKNOWN) return false;
  if (exclusive !== stored.exclusive || enforcementChange !== stored.enforcementChange) return false;
  const actual = Object.entries(stored.certificateIds ?? {});
  const isDesired = ([id, state]: [string, string]): boolean => state === certificateIds[id];
  const hasOnlyDesired = actual.length === Object.keys(certificateIds).length && actual.every(isDesired);
  return hasOnlyDesired && !(exclusive && Object.keys(stored.unmanagedActiveCertificateIds).length > 0);
}

function checkedInputs(news: Properties): CheckedInputs {
  const { inputs, failures } = checkInputs(news);
  if (inputs) return inputs;
  throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
}

function desiredOf(news: Properties): Desired {
  const { certificateIds, exclusive, enforcementChange } = checkedInputs(news);
  if (certificateIds === UNKNOWN || exclusive === UNKNOWN || enforcementChange === UNKNOWN) {
    throw new Error("an argument is still unknown at the apply; nothing was changed");
  }
  return { ids: new Set(Object.keys(certificateIds)), exclusive, enforcementChange };
}

/** The outputs of an apply. @throws when it failed: partially when anything was changed, so that the state says so. */
function settled({ state, failure }: Applied, id: string, { __provider }: Properties): ActivationState {
  if (!failure) return state;
  if (failure.changedAnything) throw new PartialFailure(id, { ...state, __provider }, failure.report);
  throw new Error(failure.report.join("\n"));
}

/** Inputs as if the program had asked for what is active now, so that the next preview shows drift as a difference. */
function inputsSeenIn(state: ActivationState): CheckedInputs {
  const { certificateIds, exclusive, enforcementChange, unmanagedActiveCertificateIds } = state;
  const surplus = exclusive ? Object.keys(unmanagedActiveCertificateIds) : [];
  return {
    certificateIds: byId([...Object.keys(certificateIds), ...surplus], "active"),
    exclusive,
    enforcementChange,
  };
}
