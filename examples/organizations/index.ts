import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const idsByConnection = config.requireObject<Record<string, string[]>>("certificateIds");

// Each organization has settings of its own, in the stack's configuration under the name of its connection:
// `pulumi config set --secret acme:adminKey`. The state holds that name, and no key.
for (const [connection, certificateIds] of Object.entries(idsByConnection)) {
  new OrgCertificateActivation(connection, { certificateIds, connection });
}
