import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";

const PROGRAM = {
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { ProjectCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const certificateIds = config.requireObject<string[]>("ids");
for (const projectId of config.requireObject<string[]>("projects")) {
  new ProjectCertificateActivation(projectId, { projectId, certificateIds });
}
new ProjectCertificateActivation("moving", { projectId: config.require("moving"), certificateIds: ["cert_50"] });
`,
};

describe("a project's set", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PROGRAM }, { projects: ["proj_a", "proj_b", "proj_c"] });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const declare = (set: readonly string[], moving: string) =>
    fixture.setIds(set, { projects: '["proj_a","proj_b"]', moving });

  test("is activated in its project alone, with one list, one more of the organization, and a call for each ten", async () => {
    await declare(ids(1, 12), "proj_c");
    const { exitCode, output } = await fixture.stack.up();
    expect(output).toContain("mTLS will be enforced for project proj_a");
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds("proj_a")).toEqual(ids(1, 12));
    expect(fixture.emulator.activeIds("proj_b")).toEqual(ids(1, 12));
    expect(fixture.emulator.activeIds("proj_c")).toEqual(["cert_50"]);
    expect(fixture.emulator.activeIds()).toEqual([]);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 4, activate: 5 });
  });

  test("costs no call while it stays the same", async () => {
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log).toEqual([]);
  });

  test("shows drift in one project, and repairs it there", async () => {
    fixture.emulator.setActive("cert_03", false, "proj_b");
    await fixture.stack.refresh();
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 3 });
    fixture.emulator.clearLog();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, activate: 1 });
    expect(fixture.emulator.log[0]?.scope).toEqual({ project: "proj_b" });
  });

  test("moves to another project by a replacement: activated there before it is deactivated here", async () => {
    await declare(ids(1, 12), "proj_b");
    const { exitCode, output } = await fixture.stack.up("--diff");
    expect(exitCode).toBe(0);
    expect(output).toMatch(/~ projectId +: "proj_c" => "proj_b"/);
    expect(output).toContain("(replace)");
    expect(output).toContain("project proj_b: 1 to activate, 12 unmanaged; mTLS stays enforced");
    expect(output).toContain("project proj_c: 1 to deactivate; mTLS will be turned off");
    expect(fixture.emulator.activeIds("proj_c")).toEqual([]);
    expect(fixture.emulator.activeIds("proj_b")).toEqual([...ids(1, 12), "cert_50"]);
    expect(fixture.emulator.log.map(({ endpoint }) => endpoint)).toEqual([
      "list",
      "list",
      "list",
      "activate",
      "list",
      "deactivate",
    ]);
  });

  test("is refused for a project that does not exist, and the error names it", async () => {
    await declare(ids(1, 12), "proj_absent");
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("/organization/projects/proj_absent/certificates: HTTP 404");
  });

  test("is deactivated by destroy in each project", async () => {
    await declare(ids(1, 12), "proj_b");
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds("proj_a")).toEqual([]);
    expect(fixture.emulator.activeIds("proj_b")).toEqual([]);
  });
});

describe.each(["all", "associated"] as const)("where a project lists %s certificates", (projectLists) => {
  const ONE = {
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { ProjectCertificateActivation } from "pulumi-openai-certificates";
const certificateIds = new pulumi.Config().requireObject<string[]>("ids");
new ProjectCertificateActivation("mtls", { projectId: "proj_a", certificateIds });
`,
  };

  test("a project's set is created, refreshed, extended and destroyed", async () => {
    const fixture = await createFixture({ program: ONE }, { projects: ["proj_a"], projectLists });
    const { emulator, stack } = fixture;
    try {
      await fixture.setIds(ids(1, 12));
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds("proj_a")).toEqual(ids(1, 12));
      expect(countCalls(emulator.log)).toEqual({ list: 2, activate: 2 });
      expect(await stack.refresh("--expect-no-changes")).toMatchObject({ exitCode: 0 });
      expect(await pendingUpdates(stack)).toEqual([]);

      await fixture.setIds(ids(3, 13));
      const { exitCode, output } = await stack.up("--diff");
      expect(exitCode).toBe(0);
      expect(output).toContain("project proj_a: 1 to activate, 2 to deactivate, 10 unchanged");
      expect(output).toContain('+ cert_13 "name of cert_13"');
      expect(emulator.activeIds("proj_a")).toEqual(ids(3, 13));

      await fixture.setIds([...ids(3, 13), "cert_absent"]);
      expect((await stack.up()).output).toContain("cert_absent not found");
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds("proj_a")).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});

describe("resources of one scope", () => {
  const TWO = {
    "index.ts": `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("one", { certificateIds: ["cert_01", "cert_02"] });
new OrgCertificateActivation("two", { certificateIds: ["cert_03", "cert_04"] });
`,
  };

  test("take turns, and each owns its own set", async () => {
    const fixture = await createFixture({ program: TWO }, { latencyMs: 20 });
    try {
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 4));
      const { log } = fixture.emulator;
      expect(countCalls(log)).toMatchObject({ activate: 2 });
      await fixture.stack.replaceProgram({ "index.ts": TWO["index.ts"].split("\n").slice(0, 3).join("\n") });
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 2));
    } finally {
      await fixture.dispose();
    }
  });
});

describe("a resource with a connection of its own", () => {
  test("uses that organization's settings, and no key is in the state", async () => {
    const fixture = await createFixture({
      program: {
        "index.ts": `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("acme", { certificateIds: ["cert_07"], connection: "acme" });
const live = OrgCertificateActivation.get("live");
export const active = live.certificateIds;
`,
      },
    });
    try {
      const url = fixture.emulator.url;
      await fixture.stack.setConfig({ "acme:baseUrl": url }, { "acme:adminKey": fixture.emulator.adminKey });
      fixture.emulator.setActive("cert_50", true);
      const { exitCode, output } = await fixture.stack.up();
      expect(output).toContain("acme: organization: 1 to activate");
      expect(exitCode).toBe(0);
      expect(fixture.emulator.activeIds()).toEqual(["cert_07", "cert_50"]);
      expect((await fixture.stack.outputs())["active"]).toContain("cert_50");
      expect(JSON.stringify(await fixture.stack.state())).not.toContain(fixture.emulator.adminKey);
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual(["cert_50"]);
    } finally {
      await fixture.dispose();
    }
  });
});
