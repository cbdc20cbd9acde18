import type { Properties, Resource } from "../resource/resource";
import { configureSession, sharedRun } from "../session/session";
import { engineAddress } from "./engineAddress";
import { PartialFailure } from "./partialFailure";
import type { Provider } from "./protocol";

/** Speaks the dynamic provider's protocol for one kind of resource. */
export function dynamicProvider(resource: Resource): Provider {
  return {
    async configure({ config }) {
      configureSession((key) => config.get(key));
      const address = engineAddress(process.argv);
      if (address !== undefined) sharedRun.join(address);
    },

    async check(olds, news) {
      const { inputs, failures } = await resource.check(olds, news);
      return { ...(inputs && { inputs }), failures: [...failures] };
    },

    async diff(id, olds, news) {
      const { changes, replaces } = await resource.diff(id, olds, news);
      return { changes, ...(replaces.length > 0 && { replaces: [...replaces] }) };
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
      const { outputs, problems } = await resource.update(id, olds, news);
      if (problems) throw partialFailure(id, outputs, problems, news);
      return { outs: outputs };
    },

    delete: (id, properties) => resource.delete(id, properties),
  };
}

function partialFailure(
  id: string,
  outputs: Properties,
  problems: readonly string[],
  { __provider }: Properties,
): PartialFailure {
  return new PartialFailure(id, { ...outputs, __provider }, problems);
}
