import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import type { ProgramFiles } from "../../engine/program";

/** The folder of the plugin's executable. */
export const PLUGIN_FOLDER = join(REPOSITORY, "test/engine/plugin");

/** Makes the engine start the plugin of this checkout. */
export const PROJECT = `name: program
runtime: nodejs
plugins:
  providers:
    - name: openai-certificates
      path: ${PLUGIN_FOLDER}
`;

/** A program that uses the plugin. @param body declares resources. */
export function pluginProgram(body: string): ProgramFiles {
  return {
    "Pulumi.yaml": PROJECT,
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import {
  Certificate,
  getCertificate,
  getCertificates,
  OrgCertificateActivation,
  ProjectCertificateActivation,
  Provider,
  TrustedCertificates,
} from "pulumi-openai-certificates/plugin";
${body}
`,
  };
}

/** A program that declares one activation, with its ids and options from the stack's configuration. */
export const PLUGIN_PROGRAM = pluginProgram(`
const config = new pulumi.Config();
const mtls = new OrgCertificateActivation(
  "mtls",
  {
    certificateIds: config.requireObject<string[]>("ids"),
    exclusive: config.getBoolean("exclusive"),
    enforcementChange: config.get("enforcementChange") === "refuse" ? "refuse" : "warn",
    expiryWarningDays: config.getNumber("expiryWarningDays"),
  },
  config.getObject<pulumi.CustomResourceOptions>("options") ?? {},
);

export const certificateIds = mtls.certificateIds;
export const certificates = mtls.certificates;
export const enforced = mtls.enforced;
export const unmanagedActiveCertificateIds = mtls.unmanagedActiveCertificateIds;
export const earliestExpiresAt = mtls.earliestExpiresAt;
`);
