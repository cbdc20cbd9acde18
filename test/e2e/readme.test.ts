import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import { linkPackages, PACKAGE_NAME, REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import type { ProcessResult } from "../engine/process";
import { writeProgram } from "../engine/program";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import { codeBlocks, readPage, section } from "../support/docs";
import { VALID } from "./fixture";

const README = readPage("README.md");

/**
 * The only commands of the README that are not run, because they need the network. A prepared folder with the linked
 * package and `pulumi stack init` replace them.
 */
const SKIPPED = /^(mkdir|pulumi new|npm install) /;

let sandbox: Sandbox;
let emulator: Emulator;
let folder: string;
let client: Awaited<ReturnType<typeof issueClient>>;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await createSandbox({ engine: await findEngine() });
  const server = await issueServer();
  const authority = await issueCa({ name: "Gateway 2026" });
  client = await issueClient(authority);
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([
    { id: "cert_abc", name: "Gateway 2026", pem: authority.pem },
    { id: "cert_def", name: "Gateway 2027", ...VALID },
  ]);
  folder = join(sandbox.folder, "openai-mtls");
  const backend = join(sandbox.folder, "backend");
  await mkdir(backend);
  env = {
    ...sandbox.env,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_SKIP_CONFIRMATIONS: "true",
    OPENAI_BASE_URL: emulator.url,
    OPENAI_CA_BUNDLE: server.authorityPem,
  };
  await prepareProject();
});
afterAll(async () => {
  await sandbox.dispose();
  await emulator.close();
});

/** What `pulumi new`, `npm install` and the people who keep the secrets leave behind. */
async function prepareProject(): Promise<void> {
  await writeProgram(folder, { "index.ts": "" });
  await linkPackages(folder);
  const binFolder = join(folder, "node_modules/.bin");
  await mkdir(binFolder);
  const command = join(binFolder, PACKAGE_NAME);
  await writeFile(command, `#!/bin/sh\nexec node '${join(REPOSITORY, "dist/cli/main.js")}' "$@"\n`);
  await chmod(command, 0o755);
  await mkdir(join(folder, "secrets"));
  await writeFile(join(folder, "secrets/ci-client.pem"), client.chainPem);
  await writeFile(join(folder, "secrets/ci-client.key"), client.keyPem);
  await writeFile(join(folder, "secrets/admin-key"), emulator.adminKey);
  expect(await shell("pulumi stack init dev")).toMatchObject({ exitCode: 0 });
}

/** Runs a script of the README in the project; what a command prompts for is the admin key. */
function shell(script: string, more: Readonly<Record<string, string>> = {}): Promise<ProcessResult> {
  const here = script.replaceAll("/secrets/", `${folder}/secrets/`);
  const lines = here.split("\n").filter((line) => !SKIPPED.test(line));
  const bash = ["set -euo pipefail", ...lines.map((line) => withKey(line))].join("\n");
  return runProcess("bash", ["-c", bash], { cwd: folder, env: { ...env, ...more } });
}

const withKey = (line: string) => (line.endsWith(":adminKey") ? `${line} < secrets/admin-key` : line);

describe("the README", () => {
  test("leads from an empty project to active certificates by the commands of getting started", async () => {
    const steps = codeBlocks({ text: section(README, "Getting started") }, "sh", "ts");
    expect(steps.map(({ language }) => language)).toEqual(["sh", "sh", "ts", "sh"]);
    let output = "";
    for (const { language, code } of steps) {
      if (language === "ts") {
        await writeFile(join(folder, "index.ts"), code);
        continue;
      }
      const result = await shell(code);
      output += result.output;
      expect(result).toMatchObject({ exitCode: 0 });
    }
    expect(emulator.activeIds()).toEqual(["cert_abc", "cert_def"]);
    expect(output).toContain('+ cert_def "Gateway 2027"');
    expect(output).not.toContain(emulator.adminKey);
  });

  test("shows a program that changes nothing after that", async () => {
    const [example] = codeBlocks(README, "ts");
    await writeFile(join(folder, "index.ts"), example?.code ?? "");
    emulator.clearLog();
    const { exitCode, output } = await shell("pulumi up");
    expect(exitCode).toBe(0);
    expect(output).toContain("2 unchanged");
    expect(emulator.log).toEqual([]);
  });

  test("shows how the command reports a preview and adopts the active certificates", async () => {
    const [commands] = codeBlocks({ text: section(README, "Command line") }, "sh");
    const { exitCode, output } = await shell(commands?.code ?? "", {
      OPENAI_ADMIN_KEY: emulator.adminKey,
      OPENAI_MTLS_CERT_CHAIN: client.chainPem,
      OPENAI_MTLS_KEY: client.keyPem,
    });
    expect(output).toContain("No certificate changes");
    expect(exitCode).toBe(0);
    const adopted = await readFile(join(folder, "index.ts"), "utf8");
    expect(adopted).toContain('"cert_abc", // Gateway 2026');
  });
});
