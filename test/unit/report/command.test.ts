import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "../../../cli/report/command";

const KEY = `sk-proj-${"a1B2-c3D4_e5F6g7H8".repeat(6)}`;
const STATE = {
  type: "pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation",
  inputs: { certificateIds: { cert_a: "active" } },
  outputs: {
    certificateIds: { cert_a: "active" },
    certificates: { cert_a: { name: `Gateway ${KEY}`, certificateDetails: {} } },
  },
};
const PREVIEW = {
  steps: [{ op: "delete", urn: "urn", oldState: STATE }],
  diagnostics: [{ message: `something about ${KEY}`, severity: "error" }],
};

test.each([[], ["--json"]])("a report (%s) shows no key that a state or a message holds", async (...args) => {
  const folder = await mkdtemp(join(tmpdir(), "report-"));
  try {
    const file = join(folder, "preview.json");
    await writeFile(file, JSON.stringify(PREVIEW));
    const { output } = await report([...args, file]);
    expect(output).toContain("Gateway");
    expect(output).toMatch(/\[redacted\\?\]/);
    expect(output).not.toContain(KEY.slice(0, 16));
  } finally {
    await rm(folder, { recursive: true });
  }
});
