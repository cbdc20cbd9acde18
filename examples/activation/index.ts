import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();

const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: config.requireObject<string[]>("certificateIds"),
  exclusive: config.getBoolean("exclusive") ?? false,
  clients: config.getObject<Record<string, string>>("clients") ?? {},
});

export const certificates = mtls.certificates;
export const enforced = mtls.enforced;
export const unmanagedActiveCertificateIds = mtls.unmanagedActiveCertificateIds;
export const earliestExpiresAt = mtls.earliestExpiresAt;
