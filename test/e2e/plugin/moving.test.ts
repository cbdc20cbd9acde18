import { issueCa } from "../../emulator/certificates/issue";
import { countCalls } from "../../emulator/index";
import type { ResourceState, StateFile } from "../../engine/engineOutput";
import type { ProgramFiles } from "../../engine/program";
import { ids } from "../../support/ids";
import { createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { KEPT_STATE_FILE, readKeptState } from "../keptState";
import { declaring } from "../transition";
import { pluginProgram, PROJECT } from "./program";

/** The lines of a preview that show a change. */
const CHANGE = /^\s+(?:[+-]+|~)\s/;
const changesIn = (preview: string): readonly string[] =>
  preview
    .split("\n")
    .flatMap((line) => (CHANGE.test(line) ? [line.trim()] : []))
    .sort();

type Stored = { readonly [K in "id" | "type" | "inputs" | "outputs"]: ResourceState[K] | undefined };

/** The resources of this package in a state, by name. */
function resourcesIn({ deployment }: StateFile): Readonly<Record<string, Stored>> {
  const own = deployment.resources?.filter(({ type }) => /openai.*:(?:Org|Project|Certificate)/.test(type));
  const entries = own?.map(({ urn, id, type, inputs, outputs }) => {
    return [urn.split("::").at(-1) ?? "", { id, type, inputs, outputs }] as const;
  });
  return Object.fromEntries(entries ?? []);
}

/** A program of dynamic resources, which also names the plugin, as it may while the stack moves. */
const dynamicProgram = (body: string): ProgramFiles => ({ "Pulumi.yaml": PROJECT, ...declaring(body) });

describe("a stack of the dynamic resources", () => {
  const RESOURCES = `
    new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", "cert_02", "cert_03"] });
    new ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds: ["cert_04"] });
    new Certificate("kept", { name: "kept", certificate: new pulumi.Config().require("pem") });`;
  const before = resourcesIn(readKeptState());
  const uploaded = before["kept"];
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: dynamicProgram(RESOURCES) }, { projects: ["proj_a"] });
    const { emulator, stack } = fixture;
    for (const id of ids(1, 3)) emulator.setActive(id, true);
    emulator.setActive("cert_04", true, "proj_a");
    const pem = String(uploaded?.inputs?.["certificate"]);
    emulator.seed([{ id: uploaded?.id ?? "", name: "kept", pem }]);
    await stack.setConfig({ pem });
    await stack.importState(KEPT_STATE_FILE);
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const expectNothingChanged = () => {
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 3));
    expect(fixture.emulator.activeIds("proj_a")).toEqual(["cert_04"]);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 2 });
  };

  describe("and whose program imports the plugin's now", () => {
    beforeAll(() => fixture.stack.replaceProgram(pluginProgram(RESOURCES)));

    test("shows nothing in the preview but updates to another provider, without a call", async () => {
      const { exitCode, output } = await fixture.stack.previewDiff();
      expect(exitCode === 0 ? "" : output).toBe("");
      expect(changesIn(output)).toEqual([
        "~ 3 to update",
        "~ openai-certificates:index:Certificate: (update)",
        "~ openai-certificates:index:OrgCertificateActivation: (update)",
        "~ openai-certificates:index:ProjectCertificateActivation: (update)",
      ]);
      expect(output.match(/\[provider: \S+:providers:pulumi-nodejs::\S+ => /g)).toHaveLength(3);
      expect(fixture.emulator.log).toEqual([]);
    });

    test("stays as it is while the API fails", async () => {
      const { emulator, stack } = fixture;
      emulator.faults.add({ endpoint: "list", times: Infinity, kind: "status", status: 500 });
      const { exitCode } = await stack.up();
      emulator.faults.clear();
      expect(exitCode).not.toBe(0);
      const { mtls, project } = resourcesIn(await stack.state());
      expect({ mtls, project }).toEqual({ mtls: before["mtls"], project: before["project"] });
    });

    test("moves by one update, with one list for each activation and no other call", async () => {
      const { exitCode, output } = await fixture.stack.up();
      expect(exitCode === 0 ? "" : output).toBe("");
      expectNothingChanged();
    });

    test("has a state with the same ids and certificates, and nothing of the dynamic provider", async () => {
      const state = await fixture.stack.state();
      expect(JSON.stringify(state)).not.toMatch(/__provider|pulumi-nodejs/);
      const moved = resourcesIn(state);
      expect(moved).toMatchObject({
        mtls: { id: "organization", inputs: { certificateIds: ids(1, 3) } },
        project: { id: "proj_a", inputs: { certificateIds: ["cert_04"] } },
        kept: { id: uploaded?.id, inputs: { name: "kept" } },
      });
      expect(moved["mtls"]?.outputs).toMatchObject({ certificateIds: ids(1, 3), enforced: true });
    });

    test("has nothing more to update, without a call", async () => {
      expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.log).toEqual([]);
    });
  });

  describe("and whose program imports the dynamic resources again", () => {
    beforeAll(() => fixture.stack.replaceProgram(dynamicProgram(RESOURCES)));

    test("is previewed as updates, without a call", async () => {
      const { exitCode, output } = await fixture.stack.previewDiff();
      expect(exitCode === 0 ? "" : output).toBe("");
      expect(changesIn(output).filter((line) => line.includes("openai"))).toEqual([
        "~ pulumi-nodejs:dynamic/openai-certificates:Certificate: (update)",
        "~ pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation: (update)",
        "~ pulumi-nodejs:dynamic/openai-certificates:ProjectCertificateActivation: (update)",
      ]);
      expect(fixture.emulator.log).toEqual([]);
    });

    test("moves back by one update, with one list for each activation and no other call", async () => {
      const { exitCode, output } = await fixture.stack.up();
      expect(exitCode === 0 ? "" : output).toBe("");
      expectNothingChanged();
    });

    test("has the arguments and outputs that it had before", async () => {
      expect(resourcesIn(await fixture.stack.state())).toEqual(before);
    });

    test("has nothing more to update, and can be destroyed", async () => {
      expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.log).toEqual([]);
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect([...fixture.emulator.activeIds(), ...fixture.emulator.activeIds("proj_a")]).toEqual([]);
    });
  });
});

describe("a component whose resources use the connection of another organization", () => {
  const ARGS = `certificates: { gateway: new pulumi.Config().require("pem") }, certificateIds: ["cert_01"]`;
  const DYNAMIC = dynamicProgram(`new TrustedCertificates("mtls", { ${ARGS}, connection: "acme" });`);
  const PLUGIN = pluginProgram(`
    const acme = new pulumi.Config("acme");
    const provider = new Provider("acme", {
      adminKey: acme.requireSecret("adminKey"),
      baseUrl: acme.require("baseUrl"),
    });
    new TrustedCertificates("mtls", { ${ARGS} }, { providers: [provider] });`);
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: DYNAMIC, env: { OPENAI_ADMIN_KEY: "", OPENAI_BASE_URL: "" } });
    const { emulator, stack } = fixture;
    for (const id of ids(40, 60)) emulator.remove(id);
    await stack.setConfig(
      { pem: (await issueCa({ name: "gateway" })).pem, "acme:baseUrl": emulator.url },
      { "acme:adminKey": emulator.adminKey },
    );
    const { exitCode, output } = await stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
  });
  afterAll(() => fixture.dispose());

  test.each([
    ["moves to the plugin and a provider of the program", PLUGIN],
    ["moves back", DYNAMIC],
  ])("%s, with one list and no other call", async (_title, program) => {
    const { emulator, stack } = fixture;
    const before = emulator.activeIds();
    expect(before).toHaveLength(2);
    await stack.replaceProgram(program);
    emulator.clearLog();
    const { exitCode, output } = await stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(countCalls(emulator.log)).toEqual({ list: 1 });
    expect(emulator.activeIds()).toEqual(before);
    expect(await stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });
});

describe("two activations of one organization, whose certificates were deactivated in an emergency", () => {
  const RESOURCES = `
    new OrgCertificateActivation("one", { certificateIds: ["cert_01"] });
    new OrgCertificateActivation("other", { certificateIds: ["cert_02", "cert_03"] });`;
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: dynamicProgram(RESOURCES) });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => fixture.dispose());

  test.each([
    ["move to the plugin", pluginProgram(RESOURCES)],
    ["move back", dynamicProgram(RESOURCES)],
  ])(
    "%s inactive, with one list and a warning; the next preview shows what would be activated",
    async (_, program) => {
      const { emulator, stack } = fixture;
      for (const id of ids(1, 3)) emulator.setActive(id, false);
      await stack.replaceProgram(program);
      emulator.clearLog();
      const { exitCode, output } = await stack.up();
      expect(exitCode === 0 ? "" : output).toBe("");
      expect(output).toContain("no longer active: cert_02, cert_03");
      expect(countCalls(emulator.log)).toEqual({ list: 1 });
      expect(emulator.activeIds()).toEqual([]);
      const preview = await stack.preview();
      expect(preview.output).toContain("organization: 1 to activate");
      expect(preview.output).toContain("organization: 2 to activate");
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds()).toEqual(ids(1, 3));
    },
  );
});
