import type { CustomResourceOptions } from "@pulumi/pulumi";
import { CertificateActivation } from "./certificateActivation";
import type { CertificateActivationArgs } from "./certificateActivation";

/** The arguments of {@link OrgCertificateActivation}. */
export type OrgCertificateActivationArgs = CertificateActivationArgs;

/**
 * Keeps certificates active in the OpenAI organization of the admin key.
 *
 * While any certificate is active, mutual TLS is enforced: the API rejects every request to the organization without
 * a client certificate issued by an active certificate. Activating the first certificate starts enforcement, and
 * deactivating the last one ends it.
 *
 * An update lists the certificates once and changes up to ten of them in each further call. It activates the missing
 * certificates before it deactivates those that were removed from `certificateIds`. Certificates that are active
 * already are adopted without a call.
 *
 * Deletion deactivates the certificates. Set `retainOnDelete` to leave them active, or `protect` to prevent deletion.
 *
 * `pulumi import` takes the id `organization`. The resource then manages all certificates that are active.
 */
export class OrgCertificateActivation extends CertificateActivation {
  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the resource in the stack.
   */
  constructor(name: string, args: OrgCertificateActivationArgs, options?: CustomResourceOptions);
  constructor(name: string, args: Partial<OrgCertificateActivationArgs>, options?: CustomResourceOptions) {
    super("OrgCertificateActivation", name, args, options);
  }

  /**
   * Reads the active certificates of the organization without managing them.
   *
   * @param name The name of the resource in the stack.
   */
  static get(name: string, options?: CustomResourceOptions): OrgCertificateActivation {
    const args: Partial<OrgCertificateActivationArgs> = {};
    return new OrgCertificateActivation(name, args as OrgCertificateActivationArgs, {
      ...options,
      id: "organization",
    });
  }
}
