import { execFileSync } from "node:child_process";
import { nodeOptions } from "../../engine/nodeOptions";

/** As the engine sets it for each program. */
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** Runs a script in a Node process as a sandbox starts it. @returns what it prints. */
function run(script: string): unknown {
  const env = { ...process.env, TRACEPARENT, NODE_OPTIONS: nodeOptions() };
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8", env, stdio: "pipe" }));
}

const RARELY_USED = String.raw`/arborist|typescript\.js$|pulumi\/automation|opentelemetry\/(?!api\/)/`;
const LOADED = `Object.keys(require.cache).some((path) => ${RARELY_USED}.test(path))`;
const TRACING = 'require("@pulumi/pulumi/cmd/run/tracing")';

describe("a Node process of a sandbox", () => {
  test("loads the SDK without the dependencies that it rarely uses", () => {
    const program = 'require("@pulumi/pulumi"); require("@pulumi/pulumi/cmd/run/instrumentation");';
    expect(run(`${program} ${TRACING}.newSpan("run").end(); console.log(${LOADED})`)).toBe(false);
  });

  test("loads them when they are used", () => {
    const serialize = `require("@pulumi/pulumi").runtime.serializeFunction(() => 42)`;
    expect(run(`${serialize}.then(({ text }) => console.log(${LOADED} && text.includes("42")))`)).toBe(true);
    const start = `${TRACING}.start("http://127.0.0.1:9"); ${TRACING}.newSpan("run")`;
    expect(run(`${start}; console.log(${LOADED}); process.exit()`)).toBe(true);
    expect(
      run(`console.log(typeof require("@pulumi/pulumi").automation.LocalWorkspace === "function")`),
    ).toBe(true);
    expect(run(`console.log(typeof require("@npmcli/arborist").Arborist === "function")`)).toBe(true);
  });
});
