import { execFileSync } from "node:child_process";
import { nodeOptions } from "../../engine/nodeOptions";

/** Runs a script in a Node process as a sandbox starts it. @returns what it prints. */
function run(script: string): unknown {
  const env = { ...process.env, NODE_OPTIONS: nodeOptions() };
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8", env, stdio: "pipe" }));
}

const LOADED = `Object.keys(require.cache).filter((path) => /arborist|typescript\\.js$/.test(path)).length > 0`;

describe("a Node process of a sandbox", () => {
  test("loads the SDK without the dependencies that it rarely uses", () => {
    expect(run(`require("@pulumi/pulumi"); console.log(${LOADED})`)).toBe(false);
  });

  test("loads them when they are used", () => {
    const serialize = `require("@pulumi/pulumi").runtime.serializeFunction(() => 42)`;
    expect(run(`${serialize}.then(({ text }) => console.log(${LOADED} && text.includes("42")))`)).toBe(true);
    expect(run(`console.log(typeof require("@npmcli/arborist").Arborist === "function")`)).toBe(true);
  });
});
