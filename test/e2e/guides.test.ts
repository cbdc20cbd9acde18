import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";
import { codeBlocks, readPage, section } from "../support/docs";
import { activeNames, configureAccess, guide } from "./guidePages";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";

describe("one organization, by the guides from the first activation to a recovery", () => {
  let emulator: Emulator;
  let project: ShellProject;

  beforeAll(async () => {
    project = await createShellProject();
    ({ emulator } = project);
    await project.follow(section(guide("rehearsal"), "A project"));
  });
  afterAll(() => project.dispose());

  const follow = (page: string, ...sections: readonly string[]) =>
    project.follow(sections.map((title) => section(guide(page), title)).join("\n"));

  /** The status of a request of a workload, as the emulator returns it. */
  const statusFor = async (client?: string, headers: Record<string, string> = {}) => {
    const { files } = project;
    const identity = client !== undefined && { cert: files[`${client}.pem`], key: files[`${client}.key`] };
    const tls = { ca: files["server-ca.pem"] ?? "", ...identity };
    return (await send(emulator, "GET", "/models", { headers, tls })).status;
  };

  test("first activation: uploads and checks without an effect on clients", async () => {
    await configureAccess(project);
    const output = await follow("first-activation", "Upload", "Check each client");
    expect(output).toContain("client.pem: OK");
    expect(statusesIn(output)).toEqual(["200"]);
    expect(activeNames(emulator)).toEqual([]);
    expect(await statusFor()).toBe(200);
  });

  test("first activation: tries one project, and leaves the others alone", async () => {
    const output = await follow("first-activation", "Try one project");
    expect(statusesIn(output)).toEqual(["200", "401"]);
    expect(await statusFor(undefined, { "openai-project": "proj_abc" })).toBe(401);
    expect(await statusFor("client", { "openai-project": "proj_abc" })).toBe(200);
    expect(await statusFor()).toBe(200);
  });

  test("first activation: enforces mTLS for the organization, and keeps it", async () => {
    const output = await follow("first-activation", "Activate for the organization", "Keep it");
    expect(output).toContain("mTLS will be enforced for the organization");
    expect(output).not.toContain("mTLS will be turned off");
    expect(output).toContain("organization: 1 unchanged; mTLS stays enforced; 2 API calls");
    expect(activeNames(emulator)).toEqual(["gateway"]);
    expect([await statusFor(), await statusFor("unknown-client"), await statusFor("client")]).toEqual([
      401, 401, 200,
    ]);
  });

  test("pull requests: reports a change, and updates with the plan that was reviewed", async () => {
    await follow("pull-requests", "Change the program");
    const { stdout, stderr } = await project.shell("pulumi preview --diff");
    expect([stdout.includes("mTLS stays enforced"), stderr.includes("mTLS stays enforced")]).toEqual([
      false,
      true,
    ]);
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
    await project.follow(add);
    expect([await statusFor("client"), await statusFor("client-2027")]).toEqual([200, 200]);
    const checked = await project.follow(change);
    expect(checked).toContain("client-2027.pem: OK");
    expect(statusesIn(checked)).toEqual(["200"]);
    expect(await project.follow(remove)).toContain("1 to deactivate, 2 unchanged; mTLS stays enforced");
    expect([await statusFor("client"), await statusFor("client-2027")]).toEqual([401, 200]);
    expect(activeNames(emulator)).toEqual(["batch", "gateway-2027"]);
  });

  test("recovery: mends a rotation that was too early, while mTLS stays enforced", async () => {
    const [, add = ""] = section(guide("rotation"), "With an overlap").split(/^### /m);
    await writeFile(join(project.folder, "index.ts"), codeBlocks({ text: add }, "ts")[0]?.code ?? "");
    await follow("recovery", "A rotation was too early");
    expect([await statusFor(), await statusFor("client"), await statusFor("client-2027")]).toEqual([
      401, 200, 200,
    ]);
  });

  test("recovery: gives a provider that is locked out another client certificate", async () => {
    const own = '"$REHEARSAL"/unknown-client';
    await project.shell(`pulumi config set openai-certificates:clientCertificate ${own}.pem
pulumi config set --secret openai-certificates:clientKey -- "$(cat ${own}.key)"`);
    const rejected = await project.shell("pulumi refresh --run-program");
    expect(rejected.output).toContain("certificate_verification_failed");
    expect(rejected.exitCode).not.toBe(0);
    await follow("recovery", "Only the provider is locked out");
  });

  test("keys: move from the stack to the environment, which then applies to each command", async () => {
    const keys = readPage("docs/keys.md");
    const sections = ["On your machine", "In CI", "Refresh and destroy"].map((title) => section(keys, title));
    await project.follow(sections.join("\n"));
    expect((await project.shell("pulumi config")).output).not.toContain("openai-certificates:adminKey");
    const { exitCode, output } = await project.shell("OPENAI_ADMIN_KEY=sk-admin-other pulumi refresh");
    expect(output).toContain("401");
    expect(exitCode).not.toBe(0);
  });

  test("recovery: continues after a deactivation in the dashboard, with a corrected program", async () => {
    await project.shell('curl --fail --silent -X POST "$DASHBOARD/deactivate"');
    expect(await statusFor()).toBe(200);
    // The correction that the page asks for.
    const program = join(project.folder, "index.ts");
    await writeFile(program, (await readFile(program, "utf8")).replace('"refuse"', '"warn"'));
    const output = await follow("recovery", "The first activation was too early", "After an interruption");
    expect(output).toContain("3 to activate");
    expect([await statusFor(), await statusFor("client-2027")]).toEqual([401, 200]);
  });

  test("turning off: cannot be done by mistake, and ends with mTLS off and an empty stack", async () => {
    await follow("first-activation", "Keep it");
    expect(await project.shell("pulumi destroy")).not.toMatchObject({ exitCode: 0 });
    expect([await statusFor(), await statusFor("client")]).toEqual([401, 200]);
    const output = await follow("turning-off", "Turn mTLS off");
    expect(output).toContain("mTLS will be turned off for the organization");
    expect(await statusFor()).toBe(200);
    await follow("turning-off", "Delete the stack");
    expect(emulator.certificates.map(({ name }) => name)).toEqual(["Gateway 2026", "Gateway 2027"]);
  });
});

/** The statuses that the commands with curl have printed. */
const statusesIn = (output: string) => output.match(/^\d{3}$/gm) ?? [];
