import { join } from "node:path";
import { countCalls, startEmulator } from "../emulator/index";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";

const PROJECTS = Array.from({ length: 20 }, (_, index) => `proj_${String(index + 1).padStart(2, "0")}`);

/** Runs the package's command as `npx` would. */
function command(args: readonly string[], env: Readonly<Record<string, string>>) {
  const main = join(REPOSITORY, "dist/cli/main.js");
  return runProcess(process.execPath, [main, ...args], { env: { ...env } });
}

test("an organization of 50 certificates and 20 projects is adopted without a call that changes it", async () => {
  const fixture = await createFixture({ program: { "index.ts": "" } }, { projects: PROJECTS });
  try {
    const { emulator, stack } = fixture;
    for (const id of ids(1, 50)) emulator.setActive(id, true);
    for (const [index, project] of PROJECTS.entries())
      for (const id of ids(1 + index, 12 + index)) emulator.setActive(id, true, project);

    const env = { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey };
    const adopted = await command(["adopt", ...PROJECTS.flatMap((id) => ["--project", id])], env);
    expect(adopted).toMatchObject({ exitCode: 0, stderr: "" });
    expect(countCalls(emulator.log)).toEqual({ list: 21 });

    await stack.replaceProgram({ "index.ts": adopted.stdout });
    emulator.clearLog();
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(emulator.log)).toEqual({ list: 42 });
    expect(emulator.activeIds()).toEqual(ids(1, 50));
    emulator.clearLog();
    expect(await stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(emulator.log).toEqual([]);
  } finally {
    await fixture.dispose();
  }
});

test("a missing key is reported, with its own exit code", async () => {
  const { exitCode, stdout, stderr } = await command(["adopt"], {});
  expect(stderr).toContain("OPENAI_ADMIN_KEY");
  expect(stdout).toBe("");
  expect(exitCode).toBe(2);
});

test("a file that exists is reported before the first API call", async () => {
  const emulator = await startEmulator();
  const env = { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey };
  const { exitCode, stderr } = await command(["adopt", "--out", __filename], env);
  expect(stderr).toContain("exists. Name another file, or use --force to replace it.");
  expect(exitCode).toBe(2);
  expect(emulator.log).toEqual([]);
  await emulator.close();
});
