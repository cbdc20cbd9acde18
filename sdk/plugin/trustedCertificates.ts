import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { CertificatesComponent } from "../certificatesComponent";
import type { TrustedCertificatesArgs as DynamicArgs } from "../certificatesComponent";
import { Certificate } from "./certificate";
import type { CertificateActivation } from "./certificateActivation";
import type { WithoutConnection } from "./dynamicTypes";
import { OrgCertificateActivation } from "./orgCertificateActivation";
import { ProjectCertificateActivation } from "./projectCertificateActivation";

/**
 * The arguments of {@link TrustedCertificates}: those of an activation, and the certificates to upload.
 * @interface
 */
export type TrustedCertificatesArgs = WithoutConnection<DynamicArgs>;

/**
 * Uploads CA certificates and keeps them active. An update uploads and activates new certificates before it deactivates
 * and deletes old ones.
 *
 * To use a provider of the program, set the option `providers`.
 */
export class TrustedCertificates extends CertificatesComponent<Certificate, CertificateActivation> {
  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the component in the stack, and the prefix of the names of its resources.
   * @param args The certificates to upload and activate.
   * @param options Options that every Pulumi component has, such as `protect`.
   */
  constructor(name: string, args: TrustedCertificatesArgs, options?: ComponentResourceOptions) {
    const classes = { Certificate, OrgCertificateActivation, ProjectCertificateActivation };
    super(classes, name, args, options);
  }
}
