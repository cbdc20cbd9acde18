import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "fixtures");

/** The file of the state that a version of this package has written. */
export function keptStateFile(version: string): string {
  return join(FOLDER, `state-${version}.json`);
}

/** The versions with a recorded state. */
export function keptVersions(): string[] {
  return readdirSync(FOLDER).flatMap((name) => /^state-(.+)\.json$/.exec(name)?.[1] ?? []);
}

/** The program of every recorded state. It reads the text of the uploaded certificate from the configuration. */
export const EVERY_RESOURCE = `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", "cert_02", "cert_03"] });
new ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds: ["cert_04"] });
new Certificate("kept", { name: "kept", certificate: new pulumi.Config().require("pem") });
`;
