import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();

const workloads = new Certificate("workloads", {
  name: "workloads",
  certificate: readFileSync(config.require("certificateFile"), "utf8"),
});

const mtls = new OrgCertificateActivation("mtls", {
  // The first one issued the provider's own client certificate. Without it, the rotation would lock out the provider.
  certificateIds: [config.require("operationsCertificateId"), workloads.id],
});

export const certificateId = workloads.id;
export const expiresAt = workloads.expiresAt;
export const active = mtls.certificateIds;
