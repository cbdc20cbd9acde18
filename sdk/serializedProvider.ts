import type { dynamic } from "@pulumi/pulumi";
import type { Properties, Provider } from "../provider/dynamic/protocol";

type Entry = typeof import("../provider");

/**
 * The provider that Pulumi serializes into the state of each resource. Its text refers to the package's `./provider`
 * entry only, so it is the same on every machine, and each call loads the installed version of the package.
 *
 * It is a plain object of arrow functions, because Pulumi serializes anything else together with everything it refers
 * to. Names are short, because each occurs many times; the text must stay below 2 KB so that states stay readable.
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

// Calls of `require`, because Pulumi would serialize an imported module into the state.
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
