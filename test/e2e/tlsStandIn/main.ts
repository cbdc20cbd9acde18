/** A small provider plugin in place of the one of `@pulumi/tls`, which cannot be installed everywhere. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { main } from "@pulumi/pulumi/provider";
import type { Provider } from "@pulumi/pulumi/provider";
import { CREATE } from "./resources";
import type { Inputs } from "./resources";

/** The key of Pulumi's special values, and what marks a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return reveal((value as { readonly value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reveal(each)]));
}

const provider: Provider = {
  version: "5.6.1",
  create: (urn, inputs) => {
    const type = urn.split("::")[2]?.split(":").at(-1) ?? "";
    const create = CREATE[type];
    if (create === undefined) return Promise.reject(new Error(`the stand-in has no ${type}`));
    const revealed = reveal(inputs) as Inputs;
    return Promise.resolve({ id: randomUUID(), outs: { ...revealed, ...create(revealed) } });
  },
  // As in the plugin that this stands for, every argument forces replacement.
  diff: (_id, _urn, olds, news) => {
    const [before, after] = [olds, news].map((each) => reveal(each) as Record<string, unknown>);
    const replaces = Object.keys(after ?? {}).filter(
      (key) => !isDeepStrictEqual(before?.[key], after?.[key]),
    );
    return Promise.resolve({ changes: replaces.length > 0, replaces });
  },
  delete: () => Promise.resolve(),
};

void main(provider, process.argv.slice(2));
