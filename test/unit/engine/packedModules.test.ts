import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const PACKED_MODULES = resolve(__dirname, "../../support/quickSdk/packedModules");

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "packed-modules-")));
  write("node_modules/.package-lock.json", "{}");
  const parts = Array.from({ length: 20 }, (_, index) => index);
  for (const part of parts) write(`node_modules/numbers/${part}.js`, `module.exports = ${part};`);
  write("node_modules/numbers/index.js", sum(parts.map((part) => `require("./${part}")`)));
  write("dist/main.js", `console.log(require("numbers") + require("../own"));`);
  write("own.js", "module.exports = 1000;");
  write("preload.js", `require(${JSON.stringify(PACKED_MODULES)}).packModules(__dirname);`);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const sum = (terms: readonly string[]) => `module.exports = ${terms.join(" + ")};`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** @returns what the main module prints: the sum of all parts of the package, and the number outside of it. */
function run(main = "dist/main.js"): number {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, "kept/compiled") };
  const args = ["--require", join(root, "preload.js"), join(root, main)];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8", env }));
}
const kept = () => readdirSync(join(root, "kept/quick-sdk")).sort();

describe("the modules of the packages of a checkout", () => {
  test("are loaded from one file after the first process with the same main module, and others from their own", () => {
    expect(run()).toBe(1190);
    write("node_modules/numbers/0.js", "module.exports = 100;");
    expect(run()).toBe(1190);
    write("own.js", "module.exports = 2000;");
    expect(run()).toBe(2190);
    write("dist/other.js", `require("./main");`);
    expect(run("dist/other.js")).toBe(2290);
  });

  test("are loaded from their own files after an installation or a build", () => {
    expect(run()).toBe(1190);
    write("node_modules/numbers/0.js", "module.exports = 100;");
    utimesSync(join(root, "node_modules/.package-lock.json"), 1, 1);
    expect(run()).toBe(1290);
    write("node_modules/numbers/0.js", "module.exports = 0;");
    write("build/dist.sha256", "another build");
    expect(run()).toBe(1190);
  });

  test("are compiled once, and packed again after a process that has loaded many others", () => {
    run();
    expect(kept()).toHaveLength(1);
    run();
    const compiled = kept();
    expect(compiled).toHaveLength(2);
    run();
    expect(kept()).toEqual(compiled);

    for (let part = 100; part < 120; part += 1)
      write(`node_modules/more/${part}.js`, `module.exports = ${part};`);
    const more = Array.from({ length: 20 }, (_, index) => `require("more/${index + 100}")`);
    write("own.js", sum(more));
    expect(run()).toBe(190 + 2190);
    write("node_modules/more/100.js", "module.exports = 1100;");
    expect(run()).toBe(190 + 2190);
  });

  test("are loaded from their own files if they are ES modules", () => {
    write("node_modules/numbers/0.js", "export default 0;");
    write(
      "node_modules/numbers/index.js",
      sum([
        `require("./0").default`,
        ...Array.from({ length: 19 }, (_, index) => `require("./${index + 1}")`),
      ]),
    );
    expect(run()).toBe(1190);
    write("node_modules/numbers/0.js", "export default 100;");
    expect(run()).toBe(1290);
  });
});
