import type { Properties, Resource } from "../resource/resource";
import { setsAsMaps } from "../resource/setShapes";
import { configureSession, sharedRun } from "../session/session";
import { onEngineEnd } from "../shared/onEngineEnd";
import { engineAddress } from "./engineAddress";
import { PartialFailure } from "./partialFailure";
import type { Provider } from "./protocol";

/** Adapts one kind of resource to the dynamic provider protocol. */
export function dynamicProvider(resource: Resource): Provider {
  return {
    async configure({ config }) {
      configureSession((key) => config.get(key));
      const address = engineAddress(process.argv);
      if (address === undefined) return;
      // This process outlives an engine that is killed, and another engine may get the same address.
      onEngineEnd(() => {
        sharedRun.leave();
        // Nobody reads what this process prints any more. Pulumi's host would print that error, too, and so on without end.
        process.stdout.on("error", () => undefined);
      });
      await sharedRun.join(address);
    },

    async check(olds, news) {
      const { inputs, failures } = await resource.check(coreState(olds, news), news);
      return { ...(inputs && { inputs }), failures: [...failures] };
    },

    async diff(id, olds, news) {
      const { changes, replaces } = await resource.diff(id, coreState(olds, news), news);
      return {
        changes: changes || isFromPlugin(olds, news),
        ...(replaces.length > 0 && { replaces: [...replaces] }),
      };
    },

    async create(news) {
      const { id, outputs, problems } = await resource.create(news);
      if (problems) throw partialFailure(id, outputs, problems, news);
      return { id, outs: outputs };
    },

    async read(id, properties = {}) {
      const found = await resource.read(id, properties);
      return found ? { id, props: found.outputs, inputs: found.inputs } : {};
    },

    async update(id, olds, news) {
      const state = coreState(olds, news);
      // The settings of the plugin's provider are not known here.
      if (isFromPlugin(olds, news)) await resource.assertStored?.(id, state);
      const { outputs, problems } = await resource.update(id, state, news);
      if (problems) throw partialFailure(id, outputs, problems, news);
      return { outs: outputs };
    },

    delete: (id, properties) => resource.delete(id, properties),
  };
}

/** A state as the core has it. The plugin writes sets as lists, and no connection: the program's applies now. */
function coreState(state: Properties, inputs: Properties): Properties {
  if (!isFromPlugin(state, inputs)) return state;
  const { connection } = inputs;
  return { ...setsAsMaps(state), ...(connection !== undefined && { connection }) };
}

/** Whether the plugin wrote a state. It is rewritten even if nothing else changes: later operations need `__provider`. */
function isFromPlugin(state: Properties, inputs: Properties): boolean {
  return "__provider" in inputs && !("__provider" in state);
}

function partialFailure(
  id: string,
  outputs: Properties,
  problems: readonly string[],
  { __provider }: Properties,
): PartialFailure {
  return new PartialFailure(id, { ...outputs, __provider }, problems);
}
