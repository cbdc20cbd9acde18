import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { engines } from "../../../package.json";
import { unsupportedNode } from "../../../provider/shared/nodeVersion";

const ROOT = resolve(__dirname, "../../..");
const OLD_NODE = join(ROOT, "test/support/oldNode.js");

describe("a version of Node.js", () => {
  test.each(["22.15.0", "22.22.3", "24.0.0", "24.21.0", "25.1.0", "100.0.0"])(
    "%s is supported",
    (version) => {
      expect(unsupportedNode(version)).toBeUndefined();
    },
  );

  test.each(["18.20.8", "20.20.2", "22.14.0", "23.0.0", "23.9.0", "23.11.1"])(
    "%s is not supported",
    (version) => {
      const text = unsupportedNode(version);
      expect(text).toContain(`This is Node.js ${version} (${process.execPath})`);
      expect(text).toContain("needs Node.js 22.15 or a later 22, or 24 or later");
      expect(text).toContain("Install a supported version");
    },
  );

  test("is required by the package as it is checked", () => {
    expect(engines.node).toBe("^22.15.0 || >=24.0.0");
  });
});

/** Runs something in a process that looks like one of an old Node.js. */
function runOnOldNode(
  ...args: readonly string[]
): Promise<{ exitCode: unknown; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const all = ["--require", "tsx/cjs", "--require", OLD_NODE, ...args];
    execFile(process.execPath, all, { cwd: ROOT }, (error, stdout, stderr) => {
      done({ exitCode: error ? error.code : 0, stdout, stderr });
    });
  });
}

describe("on an old Node.js", () => {
  test.each(["./provider", "./sdk"])("%s cannot be loaded, and names the version it needs", async (entry) => {
    const { exitCode, stderr } = await runOnOldNode("-e", `require(${JSON.stringify(entry)})`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("needs Node.js 22.15 or a later 22, or 24 or later. This is Node.js 20.11.1");
  });

  test("the command prints the version it needs, and nothing else", async () => {
    expect(await runOnOldNode("cli/main.ts", "adopt")).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /^pulumi-openai-certificates needs .+ This is Node\.js 20\.11\.1 .+\n$/,
      ) as string,
    });
  });
});
