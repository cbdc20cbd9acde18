import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOptions, QUICK_NODE_FOLDER } from "../../engine/nodeOptions";
import { linkPackages, REPOSITORY } from "../../engine/packages";

/** As the engine sets it for each program. */
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** Runs a script in a Node process as a sandbox starts it. @returns what it prints. */
function run(script: string): unknown {
  const env = { ...process.env, TRACEPARENT, NODE_OPTIONS: nodeOptions() };
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8", env, stdio: "pipe" }));
}

const RARELY_USED = String.raw`/typescript\.js$|pulumi\/automation|opentelemetry\/(?!api\/)|form-data|proxy-agent/`;
const LOADED = `Object.keys(require.cache).some((path) => ${RARELY_USED}.test(path))`;
/** What the provider gets when it requires axios. */
const AXIOS = `require("node:module").createRequire(${JSON.stringify(join(REPOSITORY, "dist/provider/index.js"))})("axios")`;
const TRACING = 'require("@pulumi/pulumi/cmd/run/tracing")';

describe("a Node process of a sandbox", () => {
  test("loads the SDK without the dependencies that it rarely uses", () => {
    const program = 'require("@pulumi/pulumi"); require("@pulumi/pulumi/cmd/run/instrumentation");';
    expect(run(`${program} ${TRACING}.newSpan("run").end(); console.log(${LOADED})`)).toBe(false);
  });

  test("loads axios without what it needs for fetch, forms and proxies", () => {
    const ofFetch = `typeof ${AXIOS}.post === "function" && typeof fetch === "function" && new Response("").ok`;
    expect(run(`console.log(${ofFetch} && !${LOADED})`)).toBe(true);
    expect(run(`console.log(${AXIOS}.toFormData({ a: 1 }).getLengthSync() > 0 && ${LOADED})`)).toBe(true);
  });

  test("loads them when they are used", () => {
    const serialize = `require("@pulumi/pulumi").runtime.serializeFunction(() => 42)`;
    expect(run(`${serialize}.then(({ text }) => console.log(${LOADED} && text.includes("42")))`)).toBe(true);
    const start = `${TRACING}.start("http://127.0.0.1:9"); ${TRACING}.newSpan("run")`;
    expect(run(`${start}; console.log(${LOADED}); process.exit()`)).toBe(true);
    expect(
      run(`console.log(typeof require("@pulumi/pulumi").automation.LocalWorkspace === "function")`),
    ).toBe(true);
  });
});

describe("the node that is first on the PATH of a sandbox", () => {
  const quickNode = join(QUICK_NODE_FOLDER, "node");
  let folder: string;
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "quick-node-")));
    mkdirSync(join(folder, "program/src"), { recursive: true });
    await linkPackages(join(folder, "program"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a script in a folder. @param node what runs it if it does not look for a module of the SDK. */
  const evaluate = (command: string, script: string, cwd: string, node: string) => {
    const env = { ...process.env, NODE_OPTIONS: nodeOptions(), QUICK_SDK_NODE: node };
    const { status, stdout } = spawnSync(command, ["-e", script], { cwd, env, encoding: "utf8" });
    return { status, stdout };
  };

  test.each(["run", "run-policy-pack", "dynamic-provider"])("finds %s as Node does, without Node", (name) => {
    const script = `console.log(require.resolve('@pulumi/pulumi/cmd/${name}'))`;
    for (const cwd of [join(folder, "program"), join(folder, "program/src")]) {
      const found = evaluate(quickNode, script, cwd, "no-node");
      expect(found).toEqual(evaluate(process.execPath, script, cwd, ""));
      expect(found).toMatchObject({ status: 0, stdout: expect.stringContaining(name) as string });
    }
  });

  test.each([
    ["where the SDK is not installed", "console.log(require.resolve('@pulumi/pulumi/cmd/run'))"],
    ["for a module that the SDK does not have", "console.log(require.resolve('@pulumi/pulumi/cmd/none'))"],
    ["for another script", "console.log(6 * 7)"],
  ])("is Node %s", (_why, script) => {
    const found = evaluate(quickNode, script, folder, process.execPath);
    expect(found).toEqual(evaluate(process.execPath, script, folder, ""));
  });
});
