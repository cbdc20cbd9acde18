import type { CustomResourceOptions } from "@pulumi/pulumi";
import { CertificateActivation } from "./certificateActivation";
import type { CertificateActivationArgs } from "./certificateActivation";

/**
 * The arguments of {@link OrgCertificateActivation}.
 * @interface
 */
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
 */
export class OrgCertificateActivation extends CertificateActivation {
  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the resource in the stack.
   * @param args The certificates to keep active, and what to do with others.
   * @param options Options that every Pulumi resource has, such as `protect` and `retainOnDelete`.
   */
  constructor(name: string, args: OrgCertificateActivationArgs, options?: CustomResourceOptions);
  constructor(name: string, args: Partial<OrgCertificateActivationArgs>, options?: CustomResourceOptions) {
    super("OrgCertificateActivation", name, args, options);
  }

  /**
   * Reads the active certificates of the organization without managing them. Makes one API call for each hundred
   * certificates. The preview and the update fail when the API rejects it.
   *
   * @param name The name of the resource in the stack.
   * @param connection The namespace of the settings. Defaults to `"openai-certificates"`.
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  static get(name: string, connection?: string, options?: CustomResourceOptions): OrgCertificateActivation {
    const args: Partial<OrgCertificateActivationArgs> = connection === undefined ? {} : { connection };
    return new OrgCertificateActivation(name, args as OrgCertificateActivationArgs, {
      ...options,
      id: "organization",
    });
  }
}
