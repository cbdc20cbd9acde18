import { writeFile } from "node:fs/promises";
import packageJson from "../../package.json";
import { issueCa } from "../emulator/certificates/issue";
import { keptStateFile } from "./keptState";
import { createFixture } from "./fixture";
import { ids } from "../support/ids";

const IN_2099 = new Date("2099-01-01T00:00:00Z");

const EVERY_RESOURCE = `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", "cert_02", "cert_03"] });
new ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds: ["cert_04"] });
new Certificate("kept", { name: "kept", certificate: new pulumi.Config().require("pem") });
`;

/**
 * Keeps a state that this version writes, for all later versions to be tested with. Run once for each release:
 * `npx tsx test/e2e/keepState.ts`. It refuses to replace one.
 */
async function keepState(): Promise<void> {
  const scene = await createFixture({ program: { "index.ts": EVERY_RESOURCE } }, { projects: ["proj_a"] });
  try {
    // The organization holds fifty certificates: there is to be room for one more.
    for (const id of ids(40, 60)) scene.emulator.remove(id);
    await scene.stack.setConfig({ pem: (await issueCa({ name: "kept", expires: IN_2099 })).pem });
    const { exitCode, output } = await scene.stack.up();
    if (exitCode !== 0) throw new Error(output);
    const { version, deployment } = await scene.stack.exportState();
    const resources = deployment.resources?.map(withoutOrigin);
    const kept = { version, deployment: { ...deployment, resources } };
    const file = keptStateFile(packageJson.version);
    await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`, { flag: "wx" });
  } finally {
    await scene.dispose();
  }
}

/** Without what tells of the machine and the moment, and without the stack's outputs, which nothing reads. */
function withoutOrigin(resource: object): object {
  const gone = ["sourcePosition", "stackTrace", "created", "modified"];
  const entries = Object.entries(resource).filter(([key]) => !gone.includes(key));
  return Object.fromEntries(entries);
}

void keepState();
