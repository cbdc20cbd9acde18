import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StateFile } from "../engine/engineOutput";

/** A state of each resource, as the package writes it. */
export const KEPT_STATE_FILE = join(__dirname, "fixtures/state.json");

export function readKeptState(): StateFile {
  return JSON.parse(readFileSync(KEPT_STATE_FILE, "utf8")) as StateFile;
}

/** The program of the kept state. It reads the text of the uploaded certificate from the configuration. */
export const EVERY_RESOURCE = `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", "cert_02", "cert_03"] });
new ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds: ["cert_04"] });
new Certificate("kept", { name: "kept", certificate: new pulumi.Config().require("pem") });
`;
