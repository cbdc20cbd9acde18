import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "./dynamicResource";
import { certificateProperties } from "./properties";

/** The arguments of {@link Certificate}. */
export interface CertificateArgs {
  /**
   * The PEM text of one CA certificate, smaller than 16 kB. It needs the CA flag, the key usages Certificate Sign and
   * CRL Sign, and key identifiers, and must not expire within a day. These limits are those of the OpenAI mutual TLS
   * guide; the preview fails for a certificate beyond them. Private keys are rejected. White space, line endings and
   * text around the certificate are ignored. Changing this forces replacement: the new certificate is uploaded before
   * the old one is deleted.
   */
  readonly certificate: Input<string>;
  /**
   * The name in the dashboard. Leading and trailing white space is removed. Changing this renames the certificate in
   * place. Defaults to the current name; a new certificate has none.
   */
  readonly name?: Input<string>;
  /**
   * The namespace of the settings in the stack's configuration. Set it to manage a second organization: with `"acme"`,
   * the admin key is read from `acme:adminKey`. Defaults to `"openai-certificates"`. Changing this forces replacement.
   */
  readonly connection?: Input<string>;
}

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
 */
export class Certificate extends DynamicResource {
  /** The certificate in PEM, without any text around it. */
  declare readonly certificate: Output<string>;
  /** The name in the dashboard. Absent when the certificate has none. */
  declare readonly name: Output<string | undefined>;
  /** The time of the upload in Unix seconds. Absent when the API does not report it. */
  declare readonly createdAt: Output<number | undefined>;
  /** The start of the validity period in Unix seconds. */
  declare readonly validAt: Output<number>;
  /** The end of the validity period in Unix seconds. */
  declare readonly expiresAt: Output<number>;
  /** The subject, such as `CN=gateway, O=Acme`. */
  declare readonly subject: Output<string>;
  /** The issuer, such as `CN=root, O=Acme`. Equal to the subject when the certificate is self-signed. */
  declare readonly issuer: Output<string>;
  /** The serial number in hexadecimal. */
  declare readonly serialNumber: Output<string>;
  /** The SHA-256 fingerprint in hexadecimal, with colons. */
  declare readonly fingerprint: Output<string>;
  /** Whether the CA flag is set. */
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
    super("Certificate", name, certificateProperties(args), options);
  }

  /**
   * Reads an existing certificate without managing it. Makes one API call. The preview and the update fail when no
   * certificate of the organization has the id.
   *
   * @param name The name of the resource in the stack.
   * @param id The id of the certificate, such as `cert_abc123`.
   * @param connection The namespace of the settings. Defaults to `"openai-certificates"`.
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  static get(
    name: string,
    id: Input<string>,
    connection?: string,
    options?: CustomResourceOptions,
  ): Certificate {
    const args: Partial<CertificateArgs> = connection === undefined ? {} : { connection };
    return new Certificate(name, args as CertificateArgs, { ...options, id });
  }
}
