import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { countCalls, type EmulatorOptions } from "../emulator/index";
import { type Authority, issueAnchor, issueClient } from "../emulator/certificates/issue";
import { type ResourceState } from "../engine/engineOutput";
import { type Fixture, createFixture } from "./fixture";

/** A program that uploads the certificate of a file, and keeps it active. */
const PROGRAM = {
  "index.ts": `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
export const anchor = new Certificate("anchor", {
  certificate: readFileSync("anchor.pem", "utf8"),
  ...(config.get("name") && { name: config.require("name") }),
});
if (!config.getBoolean("inactive")) new OrgCertificateActivation("mtls", { certificateIds: [anchor.id] });
`,
};

let first: Authority;
let second: Authority;

beforeAll(async () => {
  [first, second] = await Promise.all([issueAnchor({ name: "first" }), issueAnchor({ name: "second" })]);
});

async function certificateScene(pem: string, emulatorOptions: EmulatorOptions = {}): Promise<Fixture> {
  const program = { ...PROGRAM, "anchor.pem": pem };
  const scene = await createFixture({ program, config: { name: "gateway" } }, emulatorOptions);
  // Room for those that are uploaded.
  for (const { id } of scene.emulator.certificates) scene.emulator.remove(id);
  return scene;
}

async function certificateIn({ stack }: Pick<Fixture, "stack">): Promise<ResourceState | undefined> {
  const { deployment } = await stack.exportState();
  return deployment.resources?.find(({ type }) => type.endsWith(":Certificate"));
}

describe("a certificate that is uploaded and activated by one program", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await certificateScene(first.pem);
  });
  afterAll(() => scene.dispose());
  beforeEach(() => {
    scene.emulator.clearLog();
  });
  const endpoints = () => scene.emulator.log.map(({ endpoint }) => endpoint);

  test("is active after one up, by a list that was taken after the upload", async () => {
    const { exitCode, output } = await scene.stack.up();
    expect(output).toContain("mTLS will be enforced");
    expect(exitCode).toBe(0);
    expect(endpoints()).toEqual(["list", "upload", "list", "activate"]);
    const [uploaded] = scene.emulator.certificates;
    expect(scene.emulator.certificates).toMatchObject([{ name: "gateway", pem: first.pem, active: true }]);
    expect((await scene.stack.outputs())["anchor"]).toMatchObject({
      id: uploaded?.id,
      name: "gateway",
      createdAt: uploaded?.createdAt,
      validAt: uploaded?.validAt,
      expiresAt: uploaded?.expiresAt,
      subject: "CN=first",
      issuer: "CN=first",
      isCa: true,
    });
  });

  test("is not changed by other line ends or white space around its name, and costs no call", async () => {
    await scene.stack.setConfig({ name: " gateway " });
    await scene.stack.replaceProgram({ "anchor.pem": `\n${first.pem.replaceAll("\n", "\r\n")}` });
    expect(await scene.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.log).toEqual([]);
  });

  test("is renamed in place, and its activation is not touched", async () => {
    await scene.stack.setConfig({ name: "edge" });
    const { output } = await scene.stack.previewDiff();
    expect(output).toMatch(/~ name *: "gateway" => "edge"/);
    expect(output).toMatch(/~ 1 to update/);
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(endpoints()).toEqual(["rename"]);
    expect(scene.emulator.certificates).toMatchObject([{ name: "edge", active: true }]);
  });

  test("is replaced by another one, which is active before the old one goes", async () => {
    await scene.stack.replaceProgram({ "anchor.pem": second.pem });
    const { output } = await scene.stack.previewDiff();
    expect(output).toMatch(/\+-.*Certificate.*\(replace\)/);
    scene.emulator.clearLog();
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(endpoints()).toEqual(["list", "upload", "list", "activate", "deactivate", "delete"]);
    expect(scene.emulator.certificates).toMatchObject([{ pem: second.pem, active: true }]);
  });

  test("that somebody else uses, too, is not deleted, and where it is active is told", async () => {
    const { id = "" } = (await certificateIn(scene)) ?? {};
    scene.emulator.addProject("proj_a");
    scene.emulator.setActive(id, true, "proj_a");
    const { exitCode, output } = await scene.stack.destroy();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("It is not active in the organization, so it is active in a project");
    expect(endpoints()).toEqual(["list", "deactivate", "delete", "list"]);
    scene.emulator.setActive(id, false, "proj_a");
  });

  test("is deactivated and deleted by destroy", async () => {
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.certificates).toEqual([]);
  });
});

describe("a certificate that others change", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await certificateScene(first.pem);
    await scene.stack.setConfig({ inactive: "true" });
    await scene.stack.up();
  });
  afterAll(() => scene.dispose());

  test("is shown with its new name after a refresh, and is named by the next up", async () => {
    const [uploaded] = scene.emulator.certificates;
    await fetch(`${scene.emulator.url}/organization/certificates/${uploaded?.id ?? ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${scene.emulator.adminKey}` },
      body: JSON.stringify({ name: "by hand" }),
    });
    scene.emulator.clearLog();
    expect(await scene.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1 });
    expect((await scene.stack.previewDiff()).output).toMatch(/~ name *: "by hand" => "gateway"/);
    await scene.stack.up();
    expect(scene.emulator.certificates).toMatchObject([{ id: uploaded?.id, name: "gateway" }]);
  });

  test("is not taken for gone when the API refuses the refresh", async () => {
    scene.emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const { exitCode, output } = await scene.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.read");
    expect(await certificateIn(scene)).toBeDefined();
  });

  test("that was deleted leaves the state by a refresh, and is uploaded again by the next up", async () => {
    scene.emulator.remove(scene.emulator.certificates[0]?.id ?? "");
    expect(await scene.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(await certificateIn(scene)).toBeUndefined();
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.certificates).toMatchObject([{ name: "gateway", pem: first.pem }]);
  });

  test("is read by Certificate.get with one call, which manages nothing", async () => {
    const [uploaded] = scene.emulator.certificates;
    const get = `export const found = Certificate.get("found", ${JSON.stringify(uploaded?.id)});\n`;
    await scene.stack.replaceProgram({ "index.ts": PROGRAM["index.ts"] + get });
    scene.emulator.clearLog();
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({ get: 1 });
    expect((await scene.stack.outputs())["found"]).toMatchObject({
      id: uploaded?.id,
      name: "gateway",
      subject: "CN=first",
      certificate: first.pem,
    });
    await scene.stack.replaceProgram(PROGRAM);
    await scene.stack.up();
    expect(scene.emulator.certificates).toHaveLength(1);
  });
});

describe("a certificate whose upload is lost", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await certificateScene(first.pem);
    await scene.stack.setConfig({ inactive: "true" });
  });
  afterAll(() => scene.dispose());
  beforeEach(() => {
    scene.emulator.clearLog();
  });

  test("in one operation is resolved to one certificate", async () => {
    scene.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "upload", "list", "get"]);
    const [uploaded, ...more] = scene.emulator.certificates;
    expect(more).toEqual([]);
    expect((await certificateIn(scene))?.id).toBe(uploaded?.id);
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.certificates).toEqual([]);
  });

  test("together with the list after it is an error that says what may be left", async () => {
    scene.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    scene.emulator.faults.add({ endpoint: "list", kind: "status", status: 503, call: 2 });
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("it is not known whether CN=first was uploaded; it may be left");
    expect(await certificateIn(scene)).toBeUndefined();
  });

  test("is reported by the next up with id, age and remedy, and a new one is uploaded", async () => {
    const [left] = scene.emulator.certificates;
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(`${left?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
    );
    expect(output).toContain("delete it in the dashboard, or use its id in certificateIds");
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1, get: 1, upload: 1 });
    expect(scene.emulator.certificates).toHaveLength(2);
    expect((await certificateIn(scene))?.id).not.toBe(left?.id);
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.certificates).toEqual([left]);
  });
});

describe("a replacement that is killed after its upload", () => {
  test("is reported by the next up, which uploads a new one and deletes the old one", async () => {
    const uploads = Promise.withResolvers<undefined>();
    let awaited = 2;
    const onCall: EmulatorOptions["onCall"] = ({ endpoint }) => {
      if (endpoint !== "upload") return;
      awaited -= 1;
      if (awaited === 0) uploads.resolve(undefined);
    };
    const scene = await certificateScene(first.pem, { onCall });
    try {
      await scene.stack.setConfig({ inactive: "true" });
      expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
      const [old] = scene.emulator.certificates;
      await scene.stack.replaceProgram({ "anchor.pem": second.pem });
      scene.emulator.faults.add({ endpoint: "upload", kind: "hang-after" });
      const killed = scene.stack.start(["up", "--yes", "--skip-preview"]);
      await uploads.promise;
      killed.kill();
      await killed.result;
      const left = scene.emulator.certificates.find(({ id }) => id !== old?.id);
      await scene.stack.run(["cancel", "--yes"]);
      const { exitCode, output } = await scene.stack.up();
      expect(exitCode).toBe(0);
      expect(output).toMatch(
        new RegExp(`${left?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
      );
      const { id } = (await certificateIn(scene)) ?? {};
      expect(id).not.toBe(left?.id);
      expect(scene.emulator.certificates).toMatchObject([left, { id, pem: second.pem }]);
    } finally {
      await scene.dispose();
    }
  });
});

describe("one program as two stacks", () => {
  test("uploads two certificates, and destroying one stack leaves the other's", async () => {
    const scene = await certificateScene(first.pem);
    try {
      await scene.stack.setConfig({ inactive: "true" });
      const other = await scene.anotherStack({
        program: { ...PROGRAM, "anchor.pem": first.pem },
        config: { name: "gateway", inactive: "true" },
      });
      const ups = [await scene.stack.up(), await other.up()];
      expect(ups).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
      const { id } = (await certificateIn(scene)) ?? {};
      expect(scene.emulator.certificates).toHaveLength(2);
      expect(ups[1]?.output).toContain(id);
      expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
      const { id: others } = (await certificateIn({ stack: other })) ?? {};
      expect(scene.emulator.certificates).toMatchObject([{ id: others, name: "gateway" }]);
      expect(await other.refresh()).toMatchObject({ exitCode: 0 });
      expect(await other.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    } finally {
      await scene.dispose();
    }
  });
});

describe("a text that is no certificate to upload", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await certificateScene(first.pem);
    await scene.stack.up();
    scene.emulator.clearLog();
  });
  afterAll(() => scene.dispose());

  test.each<[string, () => Promise<string>, string]>([
    ["of a workload", async () => (await issueClient(first)).pem, "CN=client, which has no CA flag"],
    ["of two", async () => first.pem + second.pem, "certificate holds 2 PEM blocks"],
    [
      "of nobody",
      async () => "ca.pem",
      "certificate is a text of 6 bytes without a whole certificate in PEM",
    ],
  ])("is refused in the preview, and nothing is sent: %s", async (_, text, why) => {
    await scene.stack.replaceProgram({ "anchor.pem": await text() });
    const { exitCode, output } = await scene.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain(why);
    expect(scene.emulator.log).toEqual([]);
  });

  test("is refused with a private key in it, of which nothing appears in any output, state or file", async () => {
    await scene.stack.replaceProgram({ "anchor.pem": first.pem + first.keyPem });
    const runs = [
      await scene.stack.previewDiff(),
      await scene.stack.previewJson(),
      await scene.stack.run(["up", "--yes", "--diff"]),
      await scene.stack.run([
        "up",
        "--yes",
        "--skip-preview",
        "--replace",
        (await certificateIn(scene))?.urn ?? "",
      ]),
    ];
    expect(runs.map(({ exitCode }) => exitCode)).not.toContain(0);
    expect(runs.at(0)?.output).toContain("certificate holds a private key");
    const kept = [...backendFiles(scene), JSON.stringify(await scene.stack.exportState("--show-secrets"))];
    for (const line of linesOf(first.pem)) expect(kept.join()).toContain(line);
    const written = [...kept, ...runs.map(({ output }) => output)].join();
    for (const line of linesOf(first.keyPem)) expect(written).not.toContain(line);
    expect(scene.emulator.log).toEqual([]);
  });
});

/** The lines of a PEM text that are its very own. */
function linesOf(pem: string): string[] {
  return pem.trim().split("\n").slice(1, -1);
}

/** All that the engine keeps of a stack: its state, the backups of it, its history. */
function backendFiles({ stack }: Fixture): string[] {
  const world = dirname(stack.folder);
  const backends = readdirSync(world).filter((name) => name.startsWith("backend-"));
  return backends
    .flatMap((name) => readdirSync(join(world, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
