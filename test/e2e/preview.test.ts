import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

/** The lines of an output that speak of the set, without what the engine puts around them. */
function setIn(output: string): string {
  return (
    /^ *[~+] certificateIds +: \{\n(?: +[-+ ] +cert_\d\d: "active"\n)+ +\}$/m.exec(output)?.[0] ?? output
  );
}

const active = (set: readonly string[]) => Object.fromEntries(set.map((id) => [id, "active"]));

describe("what a reviewer sees in a preview", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
    await fixture.setIds(["cert_01", "cert_03", "cert_04", "cert_05"]);
    await fixture.stack.up();
    await fixture.setIds(["cert_06", "cert_02", "cert_05", "cert_03", "cert_03"]);
    fixture.emulator.clearLog();
  });
  afterAll(() => fixture.dispose());

  test("is exactly the ids that go on and those that go off", async () => {
    const { output } = await fixture.stack.previewDiff();
    expect(setIn(output)).toBe(
      [
        "      ~ certificateIds   : {",
        '          - cert_01: "active"',
        '          + cert_02: "active"',
        '            cert_03: "active"',
        '          - cert_04: "active"',
        '            cert_05: "active"',
        '          + cert_06: "active"',
        "        }",
      ].join("\n"),
    );
  });

  test("is the same in JSON, key by key", async () => {
    const { digest } = await fixture.stack.previewJson();
    const step = digest?.steps?.find(({ urn }) => urn.endsWith("::mtls"));
    expect(step?.op).toBe("update");
    expect(step?.oldState?.inputs?.["certificateIds"]).toEqual(
      active(["cert_01", "cert_03", "cert_04", "cert_05"]),
    );
    expect(step?.newState?.inputs?.["certificateIds"]).toEqual(
      active(["cert_02", "cert_03", "cert_05", "cert_06"]),
    );
  });

  test("costs no call of an activation", () => {
    expect(fixture.emulator.log.filter(({ endpoint }) => endpoint !== "list")).toEqual([]);
  });

  test("is nothing but the policy when only that changes", async () => {
    await fixture.setIds(["cert_01", "cert_03", "cert_04", "cert_05"], { exclusive: "true" });
    const { output } = await fixture.stack.previewDiff();
    expect(output).toContain("~ exclusive        : false => true");
    expect(output).not.toMatch(/[+-] cert_/);
  });
});

describe("a program whose ids are outputs", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({
      program: {
        "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

class Upload extends pulumi.dynamic.Resource {
  declare readonly certificateId: pulumi.Output<string>;
  constructor(name: string, id: string) {
    super({ create: async () => ({ id, outs: { certificateId: id } }) }, name, { certificateId: undefined });
  }
}

const upload = new Upload("upload", "cert_02");
const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", upload.certificateId] });
const list = upload.certificateId.apply((id) => [id]);
new OrgCertificateActivation("whole", { certificateIds: list }, { dependsOn: mtls });
export const certificateIds = mtls.certificateIds;
`,
      },
    });
  });
  afterAll(() => fixture.dispose());

  test("can be previewed before they are known, whether one of them or the whole list", async () => {
    const { exitCode, output } = await fixture.stack.previewDiff();
    expect(output).toContain("certificateIds");
    expect(exitCode).toBe(0);
  });

  test("is applied with their values", async () => {
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 2));
    expect(await fixture.stack.outputs()).toMatchObject({ certificateIds: ids(1, 2) });
  });
});
