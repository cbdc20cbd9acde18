import type { dynamic } from "@pulumi/pulumi";
import type { Provider } from "../provider/dynamic/protocol";

type Entry = typeof import("../provider");
type Properties = Record<string, unknown>;

/**
 * A provider as it is written into the state of each resource: text that names the package's `./provider` entry and
 * nothing else, so that it is the same on every machine and finds the real one at each call.
 *
 * A plain object of arrow functions, because anything else is written out with all that it refers to. Names are short,
 * because each is written many times, and a state that a person can read holds no more than 2 KB of this.
 */
function serializedProvider(p: () => Provider): dynamic.ResourceProvider<Properties, Properties> {
  return {
    configure: (a) => p().configure(a),
    check: (...a) => p().check(...a),
    diff: (...a) => p().diff(...a),
    create: (a) => p().create(a),
    read: (...a) => p().read(...a),
    update: (...a) => p().update(...a),
    delete: (...a) => p().delete(...a),
  };
}

// Calls of require, because an import would be captured into the state.
/* eslint-disable @typescript-eslint/no-require-imports */
export const organization = serializedProvider(
  () => (require("pulumi-openai-certificates/provider") as Entry).organization,
);
export const project = serializedProvider(
  () => (require("pulumi-openai-certificates/provider") as Entry).project,
);
export const certificate = serializedProvider(
  () => (require("pulumi-openai-certificates/provider") as Entry).certificate,
);
