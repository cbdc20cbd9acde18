import type { StateFile } from "../engine/engineOutput";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import { EVERY_RESOURCE, KEPT_STATE_FILE, readKeptState } from "./keptState";

/** The program of an unrelated project: five lines. */
const FIVE_LINES = `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: ["cert_01", "cert_02"],
});
export const certificates = mtls.certificates;
`;

describe("the kept state", () => {
  test("needs no update, and can be refreshed and destroyed", async () => {
    const fixture = await createFixture(
      { program: { "index.ts": EVERY_RESOURCE } },
      { projects: ["proj_a"] },
    );
    try {
      const { emulator, stack } = fixture;
      for (const id of ids(1, 3)) emulator.setActive(id, true);
      emulator.setActive("cert_04", true, "proj_a");
      const uploaded = readKeptState().deployment.resources?.find(({ type }) =>
        type.endsWith("openai-certificates:Certificate"),
      );
      const pem = String(uploaded?.inputs?.["certificate"]);
      emulator.seed([{ id: uploaded?.id ?? "", name: "renamed out of band", pem }]);
      await stack.setConfig({ pem });
      await stack.importState(KEPT_STATE_FILE);
      expect(await stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
      expect(emulator.log).toEqual([]);
      emulator.setActive("cert_02", false);
      expect(await stack.refresh()).toMatchObject({ exitCode: 0 });
      const { deployment } = await stack.state();
      const outputs = (suffix: string) =>
        deployment.resources?.find(({ type }) => type.endsWith(suffix))?.outputs;
      expect(outputs(":OrgCertificateActivation")?.["certificateIds"]).toEqual({
        cert_01: "active",
        cert_03: "active",
      });
      expect(outputs(":ProjectCertificateActivation")?.["certificateIds"]).toEqual({ cert_04: "active" });
      expect(outputs(":Certificate")).toMatchObject({ name: "renamed out of band" });
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds()).toEqual([]);
      expect(emulator.activeIds("proj_a")).toEqual([]);
      expect(emulator.certificates.map(({ id }) => id)).not.toContain(uploaded?.id);
    } finally {
      await fixture.dispose();
    }
  });

  test("has one line for each provider, which loads the package by its name", () => {
    expect(providersIn(readKeptState()).toSorted()).toEqual(
      ["certificate", "organization", "project"].map(
        (name) => `exports.handler = () => require("pulumi-openai-certificates/provider").${name};`,
      ),
    );
  });
});

describe("the package as npm packs it", () => {
  test("works in an unrelated folder, and writes the same state as the linked package, byte for byte", async () => {
    const fixture = await createFixture({
      program: { "index.ts": FIVE_LINES },
      packages: "packed",
      // The SDK starts as it does for users: see test/support/quickSdk.
      env: { NODE_OPTIONS: "" },
    });
    try {
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 2));
      const packed = (await activationIn(fixture.stack))?.inputs?.["__provider"];
      expect(providersIn(readKeptState())).toContain(packed);
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});

function providersIn({ deployment }: StateFile): string[] {
  const texts = deployment.resources?.flatMap(({ inputs }) => inputs?.["__provider"] ?? []) ?? [];
  return texts.map(String);
}
