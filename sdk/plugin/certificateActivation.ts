import { CustomResource } from "@pulumi/pulumi";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import type { CertificateState } from "../../provider/api/listedCertificate";
import type { ClientTrust } from "../../provider/resource/clients/clientTrust";
import type {
  CertificateActivation as DynamicActivation,
  CertificateActivationArgs as DynamicActivationArgs,
} from "../certificateActivation";
import { declareInRun } from "../declareInRun";
import { activationProperties, sortedIds } from "../properties";
import type { OutputsOf, WithoutConnection } from "./dynamicTypes";
import { resourceOptions, tokenOf } from "./pluginOptions";

/**
 * The arguments that activations of an organization and of a project have in common.
 * @interface
 */
export type CertificateActivationArgs = WithoutConnection<DynamicActivationArgs>;

/** The active certificates of an organization or of a project. */
export abstract class CertificateActivation extends CustomResource implements OutputsOf<DynamicActivation> {
  declare readonly certificateIds: Output<string[]>;
  declare readonly certificates: Output<Readonly<Record<string, CertificateState>>>;
  declare readonly enforced: Output<boolean | undefined>;
  declare readonly unmanagedActiveCertificateIds: Output<string[]>;
  declare readonly earliestExpiresAt: Output<number | undefined>;
  declare readonly clientTrust: Output<Readonly<Record<string, ClientTrust>> | undefined>;

  protected constructor(
    type: string,
    name: string,
    args: Partial<CertificateActivationArgs>,
    options: CustomResourceOptions | undefined,
  ) {
    super(
      tokenOf(type),
      name,
      activationProperties(args),
      declareInRun(args, resourceOptions(type, options)),
    );
    // Tests with mocks return what the program passes.
    this.certificateIds = this.certificateIds.apply(sortedIds);
    this.unmanagedActiveCertificateIds = this.unmanagedActiveCertificateIds.apply(sortedIds);
  }
}
