import { readFileSync } from "node:fs";
import { countCalls } from "../emulator";
import { type StateFile } from "../engine/engineOutput";
import { keptStateFile, keptVersions } from "./keptState";
import { activationIn, ids, setScene } from "./scene";

/** What an unrelated project's program looks like: five lines. */
const FIVE_LINES = `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: ["cert_01", "cert_02"],
});
export const certificates = mtls.certificates;
`;

describe.each(keptVersions())("a state that version %s has written", (version) => {
  const kept = JSON.parse(readFileSync(keptStateFile(version), "utf8")) as StateFile;

  test("can still be refreshed and destroyed", async () => {
    const scene = await setScene();
    try {
      for (const id of ids(1, 3)) scene.emulator.setActive(id, true);
      await scene.stack.importState(keptStateFile(version));
      scene.emulator.setActive("cert_02", false);
      expect(await scene.stack.refresh()).toMatchObject({ exitCode: 0 });
      const state = await activationIn(scene.stack);
      expect(state?.outputs?.["certificateIds"]).toEqual({ cert_01: "active", cert_03: "active" });
      expect(countCalls(scene.emulator.log)).toEqual({ list: 1 });
      expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(scene.emulator.activeIds()).toEqual([]);
    } finally {
      await scene.end();
    }
  });

  test("calls the package by name, in at most two kilobytes that hold nothing of a machine", () => {
    const providers = providersIn(kept);
    expect(providers.length).toBeGreaterThan(0);
    for (const text of providers) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
      expect(text.match(/require\([^)]*\)/g)).toEqual(['require("pulumi-openai-certificates/provider")']);
    }
  });
});

describe("the package as npm packs it", () => {
  test("works in an unrelated folder, and writes the same state as the linked one, byte for byte", async () => {
    const scene = await setScene({ program: { "index.ts": FIVE_LINES }, packages: "packed" });
    try {
      expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
      expect(scene.emulator.activeIds()).toEqual(ids(1, 2));
      const packed = (await activationIn(scene.stack))?.inputs?.["__provider"];
      const kept = JSON.parse(readFileSync(keptStateFile("0.1.0"), "utf8")) as StateFile;
      expect(providersIn(kept)).toContain(packed);
      expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(scene.emulator.activeIds()).toEqual([]);
    } finally {
      await scene.end();
    }
  });
});

function providersIn({ deployment }: StateFile): string[] {
  const texts = deployment.resources?.flatMap(({ inputs }) => inputs?.["__provider"] ?? []) ?? [];
  return texts.map(String);
}
