import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { TrustedCertificates } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const files = config.requireObject<Record<string, string>>("certificateFiles");

const mtls = new TrustedCertificates("mtls", {
  certificates: Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, readFileSync(file, "utf8")]),
  ),
  // This certificate issued the provider's own client certificate, so it stays active.
  certificateIds: [config.require("operationsCertificateId")],
});

export const active = mtls.certificateIds;
export const certificates = mtls.certificates;
