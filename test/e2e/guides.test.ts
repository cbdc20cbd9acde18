import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";
import { writeFiles } from "../engine/program";
import { codeBlocks, readPage, section } from "../support/docs";
import { VALID } from "./fixture";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";
import { placeVaultStandIn } from "./vaultStandIn";

const guide = (name: string) => readPage(`docs/guides/${name}.md`);

/** The ids of the active certificates, by the name under which they were uploaded. */
const activeNames = (emulator: Emulator) =>
  emulator.certificates
    .filter(({ id }) => emulator.activeIds().includes(id))
    .map(({ name }) => name)
    .sort();

describe("one organization, by the guides from the first activation to a recovery", () => {
  let emulator: Emulator;
  let project: ShellProject;
  let serverPem: string;
  let [gateway, successor, batch]: Authority[] = [];
  let [client, newClient, ciClient, newCiClient]: IssuedCertificate[] = [];
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const server = await issueServer();
    serverPem = server.authorityPem;
    [gateway, successor, batch] = [
      await issueCa({ name: "gateway" }),
      await issueCa({ name: "gateway 2027" }),
      await issueCa({ name: "batch" }),
    ];
    [client, newClient, ciClient, newCiClient] = [
      await issueClient(gateway),
      await issueClient(successor),
      await issueClient(gateway),
      await issueClient(successor),
    ];
    emulator = await startEmulator({
      projects: ["proj_abc"],
      tls: { certificate: server.pem, key: server.keyPem },
    });
    project = await createShellProject({
      emulator,
      env: { OPENAI_CA_BUNDLE: serverPem },
      secrets: {
        "server-ca.pem": serverPem,
        ...pairOf("ci-client", ciClient),
        ...pairOf("ci-client-2027", newCiClient),
      },
    });
    await writeFiles(project.folder, {
      "gateway-ca.pem": gateway.pem,
      "gateway-2027-ca.pem": successor.pem,
      "batch-ca.pem": batch.pem,
      ...pairOf("client", client),
      ...pairOf("client-2027", newClient),
    });
    env = {
      OPENAI_API_KEY: emulator.adminKey,
      CURL_CA_BUNDLE: join(project.folder, "secrets/server-ca.pem"),
    };
  });
  afterAll(async () => {
    await project.dispose();
    await emulator.close();
  });

  const follow = (page: string, ...sections: readonly string[]) =>
    project.follow(sections.map((title) => section(guide(page), title)).join("\n"), env);

  /** The status of a request of a workload, as the emulator returns it. */
  const statusFor = async (certificate?: IssuedCertificate, headers: Record<string, string> = {}) => {
    const identity = certificate && { cert: certificate.chainPem, key: certificate.keyPem };
    const { status } = await send(emulator, "GET", "/models", {
      headers,
      tls: { ca: serverPem, ...identity },
    });
    return status;
  };

  test("first activation: uploads and checks without an effect on clients", async () => {
    const [create, configure] = codeBlocks({ text: section(readPage("README.md"), "Getting started") }, "sh");
    for (const step of [create, configure])
      expect(await project.shell(step?.code ?? "")).toMatchObject({ exitCode: 0 });
    await follow("first-activation", "Upload", "Check each client");
    expect(activeNames(emulator)).toEqual([]);
    expect(await statusFor()).toBe(200);
  });

  test("first activation: tries one project, and leaves the others alone", async () => {
    await follow("first-activation", "Try one project");
    expect(await statusFor(undefined, { "openai-project": "proj_abc" })).toBe(401);
    expect(await statusFor(client, { "openai-project": "proj_abc" })).toBe(200);
    expect(await statusFor()).toBe(200);
  });

  test("first activation: enforces mTLS for the organization, and keeps it", async () => {
    const output = await follow("first-activation", "Activate for the organization", "Keep it");
    expect(output).toContain("mTLS will be enforced for the organization");
    expect(activeNames(emulator)).toEqual(["gateway"]);
    expect([await statusFor(), await statusFor(client)]).toEqual([401, 200]);
  });

  test("pull requests: reports a change, and updates with the plan that was reviewed", async () => {
    await follow("pull-requests", "Change the program");
    const report = await follow("pull-requests", "Preview and report");
    expect(report).toContain("batch");
    expect(activeNames(emulator)).toEqual(["gateway"]);
    await follow("pull-requests", "Update with the reviewed plan");
    expect(activeNames(emulator)).toEqual(["batch", "gateway"]);
  });

  test("rotation: overlaps, so that clients of both authorities are accepted until the last step", async () => {
    const [, add = "", change = "", remove = ""] = section(guide("rotation"), "With an overlap").split(
      /^### /m,
    );
    await project.follow(add, env);
    expect([await statusFor(client), await statusFor(newClient)]).toEqual([200, 200]);
    await project.follow(change, env);
    await project.follow(remove, env);
    expect([await statusFor(client), await statusFor(newClient)]).toEqual([401, 200]);
    expect(activeNames(emulator)).toEqual(["batch", "gateway-2027"]);
  });

  test("recovery: continues after a deactivation in the dashboard, with a corrected program", async () => {
    for (const id of emulator.activeIds()) emulator.setActive(id, false);
    // The correction that the page asks for, and the client certificate that is valid after the rotation.
    const program = join(project.folder, "index.ts");
    await writeFile(program, (await readFile(program, "utf8")).replace('"refuse"', '"warn"'));
    await writeFiles(join(project.folder, "secrets"), pairOf("ci-client", newCiClient));
    const output = await follow("recovery", "Clients are locked out", "After an interruption");
    expect(output).toContain("2 to activate");
    expect([await statusFor(), await statusFor(newClient)]).toEqual([401, 200]);
  });
});

describe("another organization, by the guides from its dashboard to an authority of its own", () => {
  let emulator: Emulator;
  let project: ShellProject;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed([
      { id: "cert_abc", name: "Gateway 2026", active: true, ...VALID },
      { id: "cert_def", name: "Gateway 2027", active: true, ...VALID },
    ]);
    project = await createShellProject({ emulator });
    const { pem } = await issueCa({ name: "vault" });
    env = { OPENAI_ADMIN_KEY: emulator.adminKey, [await placeVaultStandIn(project.folder)]: pem };
  });
  afterAll(async () => {
    await project.dispose();
    await emulator.close();
  });

  test("adopting: writes a program that changes nothing", async () => {
    const output = await project.follow(guide("adopting").text, env);
    expect(output).toContain("2 unchanged");
    expect(emulator.log.filter(({ endpoint }) => endpoint !== "list")).toEqual([]);
  });

  test("certificate sources: uploads and activates a certificate that is known only during the update", async () => {
    const vault = section(guide("certificate-sources"), "HashiCorp Vault");
    const preview = await project.follow(`${vault}\n\`\`\`sh\npulumi preview\n\`\`\`\n`, env);
    expect(preview).toContain("openai-certificates:Certificate gateway create");
    expect(activeNames(emulator)).toEqual(["Gateway 2026", "Gateway 2027"]);
    expect(await project.shell("pulumi up", env)).toMatchObject({ exitCode: 0 });
    expect(activeNames(emulator)).toEqual(["vault"]);
  });
});

/** The files of a client certificate and its key. */
function pairOf(name: string, certificate: IssuedCertificate | undefined): Readonly<Record<string, string>> {
  if (certificate === undefined) throw new Error(`${name} is not issued yet`);
  return { [`${name}.pem`]: certificate.chainPem, [`${name}.key`]: certificate.keyPem };
}
