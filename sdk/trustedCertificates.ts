import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Certificate } from "./certificate";
import type { CertificateActivation } from "./certificateActivation";
import { CertificatesComponent } from "./certificatesComponent";
import type { TrustedCertificatesArgs } from "./certificatesComponent";
import { rejectProvider } from "./dynamicOptions";
import { OrgCertificateActivation } from "./orgCertificateActivation";
import { ProjectCertificateActivation } from "./projectCertificateActivation";

export type { TrustedCertificatesArgs } from "./certificatesComponent";

/**
 * Uploads CA certificates and keeps them active. An update uploads and activates new certificates before it deactivates
 * and deletes old ones.
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
    rejectProvider("TrustedCertificates", options);
    const classes = { Certificate, OrgCertificateActivation, ProjectCertificateActivation };
    super(classes, name, args, options);
  }
}
