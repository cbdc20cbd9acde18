import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { codeBlocks, readPage, section } from "../support/docs";
import { VALID } from "./fixture";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";

const README = readPage("README.md");

let emulator: Emulator;
let project: ShellProject;
let client: Awaited<ReturnType<typeof issueClient>>;

beforeAll(async () => {
  const server = await issueServer();
  const authority = await issueCa({ name: "Gateway 2026" });
  client = await issueClient(authority);
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([
    { id: "cert_abc", name: "Gateway 2026", pem: authority.pem },
    { id: "cert_def", name: "Gateway 2027", ...VALID },
  ]);
  project = await createShellProject({
    emulator,
    env: { OPENAI_CA_BUNDLE: server.authorityPem },
    secrets: { "ci-client.pem": client.chainPem, "ci-client.key": client.keyPem },
  });
});
afterAll(async () => {
  await project.dispose();
  await emulator.close();
});

describe("the README", () => {
  test("leads from an empty project to active certificates by the commands of getting started", async () => {
    const text = section(README, "Getting started");
    const steps = codeBlocks({ text }, "sh", "ts");
    expect(steps.map(({ language }) => language)).toEqual(["sh", "sh", "ts", "sh"]);
    const output = await project.follow(text);
    expect(emulator.activeIds()).toEqual(["cert_abc", "cert_def"]);
    expect(output).toContain('+ cert_def "Gateway 2027"');
    expect(output).not.toContain(emulator.adminKey);
  });

  test("shows a program that changes nothing after that", async () => {
    const [example] = codeBlocks(README, "ts");
    await writeFile(join(project.folder, "index.ts"), example?.code ?? "");
    emulator.clearLog();
    const { exitCode, output } = await project.shell("pulumi up");
    expect(exitCode).toBe(0);
    expect(output).toContain("2 unchanged");
    expect(emulator.log).toEqual([]);
  });

  test("shows how the command reports a preview and adopts the active certificates", async () => {
    const [commands] = codeBlocks({ text: section(README, "Command line") }, "sh");
    const { exitCode, output } = await project.shell(commands?.code ?? "", {
      OPENAI_ADMIN_KEY: emulator.adminKey,
      OPENAI_MTLS_CERT_CHAIN: client.chainPem,
      OPENAI_MTLS_KEY: client.keyPem,
    });
    expect(output).toContain("No certificate changes");
    expect(exitCode).toBe(0);
    const adopted = await readFile(join(project.folder, "adopted.ts"), "utf8");
    expect(adopted).toContain('"cert_abc", // Gateway 2026');
  });
});
