import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildPlugin } from "../../../scripts/plugin/buildPlugin";
import { EXECUTABLE } from "../../../scripts/plugin/platforms";
import { wrapperFor } from "../../../scripts/plugin/wrappers";
import { runProcess } from "../../engine/process";

const OLD_NODE = resolve(__dirname, "../../support/oldNode.js");
const NEED = "pulumi-openai-certificates needs Node.js 22.15 or a later 22, or 24 or later.";

describe("the wrapper for Linux and macOS", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugin-wrapper-"));
  const wrapper = join(folder, "linux", EXECUTABLE);
  beforeAll(async () => {
    const entry = join(folder, "main.js");
    writeFileSync(entry, "console.log(...process.argv.slice(2));");
    await buildPlugin({ entry, version: "1.2.3", license: "", folder });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The environment of a machine on which `node` is this script; the system's own programs are there too. */
  const withNode = (name: string, script: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "node"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${join(folder, name)}:/usr/bin:/bin` };
  };
  const current = () => withNode("current", `exec '${process.execPath}' "$@"`);

  test("starts the plugin with its arguments", async () => {
    const { exitCode, stdout, stderr } = await runProcess(wrapper, ["127.0.0.1:1", "a b"], {
      env: current(),
    });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "127.0.0.1:1 a b\n", stderr: "" });
  });

  test("starts the plugin when it is run through a symlink in another folder", async () => {
    const link = join(folder, "link");
    symlinkSync(wrapper, link);
    expect(await runProcess(link, ["x"], { env: current() })).toMatchObject({ exitCode: 0, stdout: "x\n" });
  });

  test("reports an old Node.js on both streams, in one line each, with its path and the remedy", async () => {
    const env = withNode("old", `exec '${process.execPath}' --require '${OLD_NODE}' "$@"`);
    const { exitCode, stdout, stderr } = await runProcess(wrapper, ["127.0.0.1:1"], { env });
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      `${NEED} This is Node.js 20.11.1 (${process.execPath}). Install a supported version, make sure that ` +
        "`node --version` shows it where Pulumi runs, and try again.",
    );
    expect(stderr).toBe(`\n${stdout}\n`);
  });

  test("reports a missing Node.js in the same way", async () => {
    const bin = join(folder, "none");
    mkdirSync(bin);
    const env = { PATH: bin };
    const { exitCode, stdout, stderr } = await runProcess("/bin/sh", [wrapper, "127.0.0.1:1"], { env });
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      `${NEED} No Node.js was found on PATH. Install a supported version, make sure that ` +
        "`node --version` shows it where Pulumi runs, and try again.",
    );
    expect(stderr).toBe(`\n${stdout}\n`);
  });
});

describe("the wrapper for Windows", () => {
  const { name, text } = wrapperFor("windows");

  test("has the extension that the engine looks for, and the line ends that Windows expects", () => {
    expect(name).toBe("pulumi-resource-openai-certificates.cmd");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("contains the message with no character that the command interpreter gives a meaning to", () => {
    const message = /set \/p "=(.+)"/.exec(text)?.[1] ?? "";
    expect(message).toContain("No Node.js was found on PATH");
    expect(message).not.toMatch(/[%^&|<>!"()]/);
  });
});
