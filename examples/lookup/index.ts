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
/** The names of inactive certificates, which may no longer be needed. */
export const inactive = getCertificatesOutput({ active: false }).apply((certificates) =>
  certificates.map(({ name }) => name),
);
