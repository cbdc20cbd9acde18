import type { CustomResourceOptions } from "@pulumi/pulumi";
import { CertificateActivation, type CertificateActivationArgs } from "./certificateActivation";
import { organization } from "./serializedProvider";

/** Arguments of {@link OrgCertificateActivation}. */
export type OrgCertificateActivationArgs = CertificateActivationArgs;

/**
 * Keeps a set of certificates active in the OpenAI organization of the admin key.
 *
 * While any certificate is active, the API refuses every request in the organization that presents no client
 * certificate which an active one accepts. Activating the first turns this enforcement on, deactivating the last turns
 * it off.
 *
 * Creating and updating lists the certificates once, activates what is missing and only then deactivates what this
 * resource no longer wants, at most ten ids a call. Ids that are active already are adopted without a call. Deleting
 * deactivates the set; `retainOnDelete` leaves it active, `protect` forbids it.
 */
export class OrgCertificateActivation extends CertificateActivation {
  /**
   * @param name the resource's name in the stack.
   * @throws a failure in the preview, before anything is sent, for an argument that cannot be used.
   */
  constructor(name: string, args: OrgCertificateActivationArgs, options?: CustomResourceOptions);
  constructor(name: string, args: Partial<OrgCertificateActivationArgs>, options?: CustomResourceOptions) {
    super(organization, name, args, options, "OrgCertificateActivation");
  }

  /**
   * Reads what is active in the organization, without managing it.
   * @param connection the namespace of the settings to speak with; `"openai-certificates"` unless given.
   */
  static get(name: string, connection?: string, options?: CustomResourceOptions): OrgCertificateActivation {
    const args: Partial<OrgCertificateActivationArgs> = connection === undefined ? {} : { connection };
    return new OrgCertificateActivation(name, args as OrgCertificateActivationArgs, {
      ...options,
      id: "organization",
    });
  }
}
