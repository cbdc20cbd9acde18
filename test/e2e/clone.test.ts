import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { findEngine } from "../engine/findEngine";
import { linkPackages, REPOSITORY } from "../engine/packages";
import { runProcess, startProcess } from "../engine/process";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import { codeBlocks, readPage, section } from "../support/docs";
import type { CodeBlock } from "../support/docs";

const [, emulatorBlock, previewBlock] = codeBlocks(
  { text: section(readPage("README.md"), "Try it from a clone") },
  "sh",
);

/** The folder in the README, which the emulator would write into the repository. */
const REHEARSAL = "rehearsal";

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
    await symlink(join(REPOSITORY, "test"), join(clone, "test"));
  });
  afterAll(() => sandbox.dispose());

  test("leads to a first preview against enforcement by the commands of the README", async () => {
    const written = join(sandbox.folder, REHEARSAL);
    const commands = (block: CodeBlock | undefined) => (block?.code ?? "").replaceAll(REHEARSAL, written);
    const emulator = startProcess("bash", ["-c", commands(emulatorBlock)], {
      cwd: REPOSITORY,
      env: sandbox.env,
    });
    try {
      await emulator.waitFor(/Listening on https:/);
      const activate = 'curl --fail --silent -X POST "$DASHBOARD/activate?id=cert_def"';
      const script = ["set -euo pipefail", commands(previewBlock), activate, "pulumi preview"].join("\n");
      const { exitCode, output } = await runProcess("bash", ["-c", script], {
        cwd: clone,
        // The README's folder for the state is a temporary one.
        env: { ...sandbox.env, TMPDIR: sandbox.folder },
      });
      expect(output).toContain('+ cert_abc "Gateway 2026"');
      expect(output).toContain("mTLS will be enforced for the organization");
      expect(output).toContain("certificate_verification_failed");
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
