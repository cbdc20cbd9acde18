import * as pulumi from "@pulumi/pulumi";
import {
  getCertificateOutput,
  getCertificatesOutput,
  OrgCertificateActivation,
} from "pulumi-openai-certificates";

const config = new pulumi.Config();
const names = config.requireObject<string[]>("names");

const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: names.map((name) => getCertificateOutput({ name }).id),
});

export const certificateIds = mtls.certificateIds;
/** Uploaded, but not active: candidates for a clean-up. */
export const idle = getCertificatesOutput({ active: false }).apply((found) => found.map(({ name }) => name));
