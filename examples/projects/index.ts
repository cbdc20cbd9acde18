import * as pulumi from "@pulumi/pulumi";
import { ProjectCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const idsByProject = config.requireObject<Record<string, string[]>>("certificateIds");

/** Whether mutual TLS is enforced, by project. */
export const enforced: Record<string, pulumi.Output<boolean | undefined>> = {};

for (const [projectId, certificateIds] of Object.entries(idsByProject)) {
  const activation = new ProjectCertificateActivation(projectId, { projectId, certificateIds });
  enforced[projectId] = activation.enforced;
}
