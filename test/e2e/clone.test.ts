import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { findEngine } from "../engine/findEngine";
import { linkPackages, REPOSITORY } from "../engine/packages";
import { runProcess, startProcess } from "../engine/process";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import { codeBlocks, readPage, section } from "../support/docs";

const [, emulatorBlock, previewBlock] = codeBlocks(
  { text: section(readPage("README.md"), "Try it from a clone") },
  "sh",
);

/** The port in the README. The test uses a free one, because something else may listen there. */
const PORT = "8080";

describe("a clone", () => {
  let sandbox: Sandbox;
  let clone: string;
  beforeAll(async () => {
    sandbox = await createSandbox({ engine: await findEngine() });
    clone = join(sandbox.folder, "clone");
    await mkdir(clone);
    // A copy, because `pulumi stack init` writes the stack's configuration next to Pulumi.yaml.
    for (const path of ["Pulumi.yaml", "tsconfig.json", "package.json", "examples/activation"])
      await cp(join(REPOSITORY, path), join(clone, path), { recursive: true });

    await linkPackages(clone);
  });
  afterAll(() => sandbox.dispose());

  test("leads to a first preview by the commands of the README", async () => {
    const emulator = startProcess("bash", ["-c", (emulatorBlock?.code ?? "").replace(PORT, "0")], {
      cwd: REPOSITORY,
      env: sandbox.env,
    });
    try {
      await emulator.waitFor(/Listening on /);
      const port = /127\.0\.0\.1:(\d+)/.exec(emulator.output())?.[1] ?? "";
      const script = `set -euo pipefail\n${(previewBlock?.code ?? "").replace(PORT, port)}`;
      const { exitCode, output } = await runProcess("bash", ["-c", script], {
        cwd: clone,
        // The README's folder for the state is a temporary one.
        env: { ...sandbox.env, TMPDIR: sandbox.folder },
      });
      expect(output).toContain('+ cert_gateway2026 "gateway-2026"');
      expect(exitCode).toBe(0);
    } finally {
      emulator.signal("SIGTERM");
      await emulator.result;
    }
  });

  test("prints the path of the engine, and nothing else, to standard output", async () => {
    const { exitCode, stdout } = await runProcess("npm", ["run", "--silent", "engine"], { cwd: REPOSITORY });
    const [path = "", ...rest] = stdout.split("\n");
    expect(rest).toEqual([""]);
    expect(await runProcess(path, ["version"])).toMatchObject({ exitCode: 0 });
    expect(exitCode).toBe(0);
  });

  test("runs the demo, which ends with 0 if each step makes the expected calls", async () => {
    expect(await runProcess("npm", ["run", "demo"], { cwd: REPOSITORY })).toMatchObject({ exitCode: 0 });
  });
});
