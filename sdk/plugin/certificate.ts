import { CustomResource } from "@pulumi/pulumi";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type {
  Certificate as DynamicCertificate,
  CertificateArgs as DynamicCertificateArgs,
} from "../certificate";
import { certificateProperties } from "../properties";
import type { OutputsOf, WithoutConnection } from "./dynamicTypes";
import { resourceOptions, tokenOf } from "./pluginOptions";

/**
 * The arguments of {@link Certificate}.
 * @interface
 */
export type CertificateArgs = WithoutConnection<DynamicCertificateArgs>;

/**
 * Uploads a CA certificate for mutual TLS to the OpenAI organization of the admin key. It has no effect until you
 * activate it: pass its `id` to an {@link OrgCertificateActivation} or a {@link ProjectCertificateActivation}. An
 * organization can hold about 50 certificates.
 *
 * Creation lists the certificates once and uploads the new one. If the response to the upload is lost, the provider
 * looks for a certificate with the same content among those created since, instead of uploading again. Certificates
 * that existed before are never adopted; unused copies are reported with their ids.
 *
 * A certificate can be deleted only when it is active nowhere. Set `retainOnDelete` to keep it in the organization.
 *
 * Import it by its id, such as `cert_abc123`.
 */
export class Certificate extends CustomResource implements OutputsOf<DynamicCertificate> {
  declare readonly certificate: Output<string>;
  declare readonly name: Output<string | undefined>;
  declare readonly createdAt: Output<number | undefined>;
  declare readonly validAt: Output<number>;
  declare readonly expiresAt: Output<number>;
  declare readonly subject: Output<string>;
  declare readonly issuer: Output<string>;
  declare readonly serialNumber: Output<string>;
  declare readonly fingerprint: Output<string>;
  declare readonly isCa: Output<boolean>;

  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the resource in the stack.
   * @param args The certificate to upload.
   * @param options Options that every Pulumi resource has, such as `protect` and `retainOnDelete`.
   */
  constructor(name: string, args: CertificateArgs, options?: CustomResourceOptions);
  constructor(name: string, args: Partial<CertificateArgs>, options?: CustomResourceOptions) {
    super(tokenOf("Certificate"), name, certificateProperties(args), resourceOptions("Certificate", options));
  }

  /**
   * Reads an existing certificate without managing it. Makes one API call. The preview and the update fail when no
   * certificate of the organization has the id.
   *
   * @param name The name of the resource in the stack.
   * @param id The id of the certificate, such as `cert_abc123`.
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): Certificate {
    const args: Partial<CertificateArgs> = {};
    return new Certificate(name, args as CertificateArgs, { ...options, id });
  }
}
