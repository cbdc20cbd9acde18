import { attribute } from "../../../../tools/bench/profile/cpuProfile";

const LOADER = "node:internal/modules/cjs/loader";

/** A profile of one sample of a millisecond in each node; every node is a child of the one before it. */
function profileOf(...urls: readonly string[]) {
  const nodes = ["", ...urls].map((url, index) => ({
    id: index + 1,
    callFrame: { functionName: index === 0 ? "(root)" : "f", url },
    children: index === urls.length ? [] : [index + 2],
  }));
  return { nodes, samples: [urls.length + 1], timeDeltas: [1000] };
}

const kindOf = (...urls: readonly string[]) => {
  const totals = attribute(profileOf(...urls), new Set(["pulumi-openai-certificates", "axios"]));
  return Object.entries(totals).filter(([, milliseconds]) => milliseconds > 0);
};

const SDK = "file:///p/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
const OWN = "file:///p/node_modules/pulumi-openai-certificates/dist/provider/index.js";

test("a module that the SDK requires is loaded for the SDK", () => {
  expect(kindOf(SDK, LOADER, "file:///p/node_modules/@grpc/grpc-js/index.js")).toEqual([["load the SDK", 1]]);
});

test("a module that this package requires is loaded for the package, wherever its source is", () => {
  expect(kindOf(SDK, LOADER, OWN, LOADER, "node:internal/fs")).toEqual([["load the package", 1]]);
});

test("a call is run by the package when the package or a dependency of it is in its stack", () => {
  expect(kindOf("file:///p/node_modules/axios/index.js", "node:internal/http")).toEqual([
    ["run the package", 1],
  ]);
});

test("a call of the SDK is run by the SDK", () => {
  expect(kindOf(SDK)).toEqual([["run the SDK", 1]]);
});

test("time in which the process waits is not counted", () => {
  const { nodes, ...samples } = profileOf("");
  const waiting = nodes.map((node) => ({ ...node, callFrame: { functionName: "(idle)", url: "" } }));
  const totals = attribute({ nodes: waiting, ...samples }, new Set());
  expect(Object.values(totals).every((milliseconds) => milliseconds === 0)).toBe(true);
});
