import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { CertificateState } from "../provider/activation/state";
import { Certificate } from "./certificate";
import type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
import { OrgCertificateActivation } from "./orgCertificateActivation";
import { ProjectCertificateActivation } from "./projectCertificateActivation";

/** The arguments of {@link TrustedCertificates}: those of an activation, and the certificates to upload. */
export interface TrustedCertificatesArgs extends Omit<CertificateActivationArgs, "certificateIds"> {
  /**
   * The PEM texts of the CA certificates to upload and activate, by their names in the dashboard. To rotate a
   * certificate in one update, change its text. To rotate it with an overlap, add the new certificate under another
   * name, and remove the old one in a later update.
   */
  readonly certificates: Readonly<Record<string, Input<string>>>;
  /** The ids of further certificates to keep active, which were uploaded elsewhere. Defaults to none. */
  readonly certificateIds?: readonly Input<string>[];
  /** The id of the project in which to activate the certificates. Defaults to the whole organization. */
  readonly projectId?: Input<string>;
}

/**
 * Uploads CA certificates and keeps them active. An update uploads and activates new certificates before it deactivates
 * and deletes old ones.
 */
export class TrustedCertificates extends ComponentResource {
  /** The uploaded certificates, by name. */
  readonly uploads: Readonly<Record<string, Certificate>>;
  /** The resource that keeps the certificates active. */
  readonly activation: CertificateActivation;
  /** The ids of all certificates that this component keeps active, sorted. Includes those uploaded elsewhere. */
  readonly certificateIds: Output<string[]>;
  /** All certificates that this component keeps active, by id. */
  readonly certificates: Output<Readonly<Record<string, CertificateState>>>;

  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the component in the stack, and the prefix of the names of its resources.
   */
  constructor(name: string, args: TrustedCertificatesArgs, options?: ComponentResourceOptions) {
    super("openai:index:TrustedCertificates", name, {}, options);
    const { certificates, certificateIds = [], projectId, ...settings } = args;
    const connection = settings.connection === undefined ? {} : { connection: settings.connection };
    const childOptions = { parent: this };
    this.uploads = Object.fromEntries(
      Object.entries(certificates).map(([title, certificate]) => [
        title,
        new Certificate(`${name}-${title}`, { name: title, certificate, ...connection }, childOptions),
      ]),
    );
    const uploaded = Object.values(this.uploads).map(({ id }) => id);
    const active = { ...settings, certificateIds: [...certificateIds, ...uploaded] };
    this.activation =
      projectId === undefined
        ? new OrgCertificateActivation(name, active, childOptions)
        : new ProjectCertificateActivation(name, { ...active, projectId }, childOptions);
    this.certificateIds = this.activation.certificateIds;
    this.certificates = this.activation.certificates;
    this.registerOutputs({ certificateIds: this.certificateIds, certificates: this.certificates });
  }
}
