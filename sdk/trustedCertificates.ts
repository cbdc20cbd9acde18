import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { CertificateState } from "../provider/activation/state";
import { Certificate } from "./certificate";
import type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
import { OrgCertificateActivation } from "./orgCertificateActivation";
import { ProjectCertificateActivation } from "./projectCertificateActivation";

/** Arguments of {@link TrustedCertificates}: those of an activation, with texts to upload in place of ids. */
export interface TrustedCertificatesArgs extends Omit<CertificateActivationArgs, "certificateIds"> {
  /**
   * PEM texts of CA certificates, each under the name that the dashboard shows. Another text under a name is a rotation;
   * a name that is added and one that is taken out later is a rotation with an overlap.
   */
  readonly certificates: Readonly<Record<string, Input<string>>>;
  /** Ids of certificates that were uploaded elsewhere, and are to be active, too. None, unless given. */
  readonly certificateIds?: readonly Input<string>[];
  /** The project in which they are to be active. The whole organization, unless given. */
  readonly projectId?: Input<string>;
}

/**
 * Certificates that are uploaded and active. A change keeps the vendor's safe order: the new ones are uploaded and
 * activated before the old ones are deactivated and deleted.
 */
export class TrustedCertificates extends ComponentResource {
  /** What was uploaded, by name. */
  readonly uploads: Readonly<Record<string, Certificate>>;
  /** What keeps them active. */
  readonly activation: CertificateActivation;
  /** The ids that are active, sorted; of those uploaded elsewhere, too. */
  readonly certificateIds: Output<string[]>;
  /** Their details, sorted by id. */
  readonly certificates: Output<Readonly<Record<string, CertificateState>>>;

  /**
   * @param name the resource's name in the stack, and the beginning of its parts' names.
   * @throws a failure in the preview, before anything is sent, for an argument that cannot be used.
   */
  constructor(name: string, args: TrustedCertificatesArgs, options?: ComponentResourceOptions) {
    super("openai:index:TrustedCertificates", name, {}, options);
    const { certificates, certificateIds = [], projectId, ...policies } = args;
    const connection = policies.connection === undefined ? {} : { connection: policies.connection };
    const part = { parent: this };
    this.uploads = Object.fromEntries(
      Object.entries(certificates).map(([title, certificate]) => [
        title,
        new Certificate(`${name}-${title}`, { name: title, certificate, ...connection }, part),
      ]),
    );
    const uploaded = Object.values(this.uploads).map(({ id }) => id);
    const active = { ...policies, certificateIds: [...certificateIds, ...uploaded] };
    this.activation =
      projectId === undefined
        ? new OrgCertificateActivation(name, active, part)
        : new ProjectCertificateActivation(name, { ...active, projectId }, part);
    this.certificateIds = this.activation.certificateIds;
    this.certificates = this.activation.certificates;
    this.registerOutputs({ certificateIds: this.certificateIds, certificates: this.certificates });
  }
}
