import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";
import { findOrganization } from "./fleetFile";

// The program of every stack. Its name selects the organization.
const { certificateIds } = findOrganization(pulumi.getStack());

const activation = new OrgCertificateActivation("mtls", { certificateIds: [...certificateIds] });

export const enforced = activation.enforced;
