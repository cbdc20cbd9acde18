import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { CertificateState } from "../provider/api/listedCertificate";
import type { ClientTrust } from "../provider/resource/clients/clientTrust";
import { declareInRun } from "./declareInRun";
import { DynamicResource } from "./dynamicResource";
import { activationProperties, sortedIds } from "./properties";

/** The arguments that activations of an organization and of a project have in common. */
export interface CertificateActivationArgs {
  /**
   * The ids of the certificates to keep active. Order and duplicates are ignored. An empty list is allowed and keeps
   * none active. The API changes up to ten certificates per call, and stores about 50 for an organization.
   */
  readonly certificateIds: Input<readonly Input<string>[]>;
  /**
   * Whether to deactivate every other active certificate of the organization or project. When true, a certificate
   * that is activated outside Pulumi is drift. Defaults to false: other active certificates are left unchanged.
   */
  readonly exclusive?: Input<boolean>;
  /**
   * What to do when an update would change enforcement, because it activates the first certificate or deactivates the
   * last one. `"warn"` logs a warning and continues. `"refuse"` fails the update or the destroy before any change is made,
   * and the preview where that is certain. Defaults to `"warn"`.
   */
  readonly enforcementChange?: Input<"warn" | "refuse">;
  /**
   * The number of days before expiry, from 0 to 36525 (a hundred years), from which each preview and update warns about a
   * certificate in `certificateIds`. Defaults to 30.
   */
  readonly expiryWarningDays?: Input<number>;
  /**
   * The clients that call the API, by names of your choice: the PEM text of the certificate that is deployed, followed by
   * its intermediates, or that of the CA which issues short-lived ones. Each preview and update reports which of them can
   * connect afterwards. A private key in one is rejected. Without it, no client is protected.
   */
  readonly clients?: Input<Readonly<Record<string, Input<string>>>>;
  /**
   * What to do when an update would lock out one of `clients`, because it deactivates the last certificate that trusts the
   * client, or starts enforcement without one. `"refuse"`, the default, fails the update or the destroy before any change
   * is made, also when it is not known whether the client stays trusted, and the preview where that is certain. `"warn"`
   * logs a warning and continues.
   */
  readonly clientLockout?: Input<"refuse" | "warn">;
  /**
   * The namespace of the settings in the stack's configuration. Set it to manage a second organization: with `"acme"`,
   * the admin key is read from `acme:adminKey`. Defaults to `"openai-certificates"`. Changing this forces replacement.
   */
  readonly connection?: Input<string>;
}

/** The active certificates of an organization or of a project. */
export abstract class CertificateActivation extends DynamicResource {
  /** The ids of the certificates that this resource keeps active, sorted. */
  declare readonly certificateIds: Output<string[]>;
  /** The certificates that this resource keeps active, by id. */
  declare readonly certificates: Output<Readonly<Record<string, CertificateState>>>;
  /**
   * Whether mutual TLS is enforced: true when any certificate is active in the organization or project, managed by this
   * resource or not. Absent when that is not known, because the response to the last call was lost.
   */
  declare readonly enforced: Output<boolean | undefined>;
  /** The ids of the other active certificates of the organization or project, sorted. */
  declare readonly unmanagedActiveCertificateIds: Output<string[]>;
  /**
   * The earliest expiry among `certificates`, in Unix seconds. Absent when there are none, or when the API reports no
   * expiry.
   */
  declare readonly earliestExpiresAt: Output<number | undefined>;
  /**
   * What is known of each of `clients`, by its name. Certificates that are trusting it without being needed may be missing
   * in `trustedBy`, because their content was not read. Absent without clients.
   */
  declare readonly clientTrust: Output<Readonly<Record<string, ClientTrust>> | undefined>;

  protected constructor(
    type: "OrgCertificateActivation" | "ProjectCertificateActivation",
    name: string,
    args: Partial<CertificateActivationArgs>,
    options: CustomResourceOptions | undefined,
  ) {
    super(type, name, activationProperties(args), declareInRun(args, options));
    // The state holds ids as the keys of maps, so that the engine shows their changes exactly. Programs get lists.
    this.certificateIds = this.certificateIds.apply(sortedIds);
    this.unmanagedActiveCertificateIds = this.unmanagedActiveCertificateIds.apply(sortedIds);
  }
}
