import { issueCa } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import type { EmulatorOptions } from "../emulator/index";
import type { ResourceState } from "../engine/engineOutput";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

/** A program that uploads the certificate in a file, and keeps it active. */
export const PROGRAM = {
  "index.ts": `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
export const ca = new Certificate("ca", {
  certificate: readFileSync("ca.pem", "utf8"),
  ...(config.get("name") && { name: config.require("name") }),
});
if (!config.getBoolean("inactive")) new OrgCertificateActivation("mtls", { certificateIds: [ca.id] });
`,
};

/** Two CA certificates. */
export function issueTwo(): Promise<[Authority, Authority]> {
  return Promise.all([issueCa({ name: "first" }), issueCa({ name: "second" })]);
}

/** A stack of {@link PROGRAM} with a certificate that is named gateway, and an organization without certificates. */
export async function createCertificateFixture(
  pem: string,
  emulatorOptions: EmulatorOptions = {},
): Promise<Fixture> {
  const program = { ...PROGRAM, "ca.pem": pem };
  const fixture = await createFixture({ program, config: { name: "gateway" } }, emulatorOptions);
  // Makes room for the uploads.
  for (const { id } of fixture.emulator.certificates) fixture.emulator.remove(id);
  return fixture;
}

/** The uploaded certificate in a stack's state, or undefined. */
export async function certificateIn({ stack }: Pick<Fixture, "stack">): Promise<ResourceState | undefined> {
  const { deployment } = await stack.state();
  return deployment.resources?.find(({ type }) => type.endsWith(":Certificate"));
}
