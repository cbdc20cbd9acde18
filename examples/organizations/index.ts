import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const idsByConnection = config.requireObject<Record<string, string[]>>("certificateIds");

// Each organization has its own settings. The connection is their namespace in the stack's configuration, so the admin
// key of "acme" is set by `pulumi config set --secret acme:adminKey`.
for (const [connection, certificateIds] of Object.entries(idsByConnection))
  new OrgCertificateActivation(connection, { certificateIds, connection });
