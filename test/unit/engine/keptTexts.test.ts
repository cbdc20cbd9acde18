import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SUPPORT = resolve(__dirname, "../../support/quickSdk");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-texts-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a script in a Node process that keeps texts in a folder of this test. @returns what it prints. */
function run(script: string, more: Readonly<Record<string, string>> = {}): unknown {
  const env = { ...process.env, ...more, NODE_COMPILE_CACHE: join(folder, "compiled") };
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8", env, cwd: folder }));
}

describe("a program in TypeScript", () => {
  /** Like ts-node, but it knows one type only. */
  const TS_NODE = `{
    register() {
      require.extensions[".ts"] = (module, file) => {
        const text = require("node:fs").readFileSync(file, "utf8");
        module._compile(text.replace(": number", ""), file);
      };
    },
  }`;

  /** Loads the program. @returns its value, and whether a compiler was needed. */
  const load = (options: object, env?: Readonly<Record<string, string>>) =>
    run(
      `
      const { keptPrograms } = require(${JSON.stringify(join(SUPPORT, "keptPrograms"))});
      let needed = false;
      keptPrograms(() => ((needed = true), ${TS_NODE})).register(${JSON.stringify(options)});
      const { value } = require("./program.ts");
      console.log(JSON.stringify({ value, needed }));`,
      env,
    );
  const write = (value: string) => {
    writeFileSync(join(folder, "program.ts"), `const value: number = ${value};\nexports.value = value;\n`);
  };

  test("is compiled again only after a change of its text, the options or its package.json", () => {
    const options = { transpileOnly: true };
    write("42");
    expect(load(options)).toEqual({ value: 42, needed: true });
    expect(load(options)).toEqual({ value: 42, needed: false });
    write("43");
    expect(load(options)).toEqual({ value: 43, needed: true });
    expect(load({ ...options, compilerOptions: {} })).toEqual({ value: 43, needed: true });
    writeFileSync(join(folder, "package.json"), "{}");
    expect(load(options)).toEqual({ value: 43, needed: true });
    expect(load(options)).toEqual({ value: 43, needed: false });
  });

  test("is compiled once if it is a policy pack, and the environment disables the check of types", () => {
    write("42");
    const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    expect(load({ typeCheck: true }, env)).toEqual({ value: 42, needed: true });
    expect(load({ typeCheck: true }, env)).toEqual({ value: 42, needed: false });
  });

  test("is compiled each time if its types are to be checked", () => {
    write("42");
    for (const options of [{ transpileOnly: false }, {}]) {
      expect(load(options)).toEqual({ value: 42, needed: true });
      expect(load(options)).toEqual({ value: 42, needed: true });
    }
  });
});
