import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { findEngine } from "../engine/findEngine";
import { runProcess } from "../engine/process";
import type { ProcessResult } from "../engine/process";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

/** Updates a stack with a program of its own. @param workspace the options of the workspace, as JavaScript. */
const script = (workspace: string): string => `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { OrgCertificateActivation } = require("pulumi-openai-certificates");

const program = async () => {
  new OrgCertificateActivation("mtls", { certificateIds: ["cert_01"] });
  new OrgCertificateActivation("more", { certificateIds: ["cert_02"] });
};

async function main() {
  const settings = { stackName: "dev", projectName: "program", program };
  const stack = await LocalWorkspace.createOrSelectStack(settings, ${workspace});
  await stack.up({ color: "never", onOutput: (text) => process.stdout.write(text) });
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`;

describe("an inline program of the Automation API that is started in another folder", () => {
  let fixture: Fixture;
  let elsewhere: string;
  let run: (workspace: string) => Promise<ProcessResult>;

  beforeAll(async () => {
    fixture = await createFixture({ packages: "packed" });
    const { folder, env } = fixture.stack;
    elsewhere = join(fixture.folder, "elsewhere");
    const backend = join(fixture.folder, "inline");
    await Promise.all([elsewhere, backend].map((path) => mkdir(path, { recursive: true })));
    const { binFolder } = await findEngine();
    run = async (workspace) => {
      await writeFile(join(folder, "inline.js"), script(workspace));
      return runProcess(process.execPath, [join(folder, "inline.js")], {
        cwd: elsewhere,
        env: {
          ...env,
          PULUMI_BACKEND_URL: `file://${backend}`,
          PATH: `${binFolder}${delimiter}${env["PATH"] ?? ""}`,
        },
      });
    };
  });
  afterAll(() => fixture.dispose());

  test("fails, and the output has the remedy", async () => {
    const { exitCode, output } = await run("{}");
    expect(exitCode).toBe(1);
    expect(output).toContain("Cannot find module");
    expect(output).toContain(`pulumi-openai-certificates cannot be loaded from ${elsewhere}`);
    expect(output).toContain("{ workDir: __dirname }");
    expect(fixture.emulator.activeIds()).toEqual([]);
  });

  test("works with the remedy", async () => {
    const { exitCode, output } = await run("{ workDir: __dirname }");
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  });
});
