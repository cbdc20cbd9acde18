import { type CustomResourceOptions, dynamic, type Input, type Output } from "@pulumi/pulumi";
import { certificate } from "./serializedProvider";

/** Arguments of {@link Certificate}. */
export interface CertificateArgs {
  /**
   * The PEM text of one CA certificate, below 16 kB, with the CA flag, the key usages Certificate Sign and CRL Sign, and
   * key identifiers, that does not expire within a day. White space, line ends and text around it mean nothing. Another
   * certificate replaces the resource, new before old. A private key is refused.
   */
  readonly certificate: Input<string>;
  /**
   * What the dashboard calls it. Another name renames in place. White space at its ends is removed. Left out: none, or
   * the one that it has.
   */
  readonly name?: Input<string>;
  /**
   * The namespace of the settings to speak with, for another organization than that of `openai-certificates:adminKey`: with
   * `"acme"` the key is `acme:adminKey`. Another one replaces the resource. Defaults to `"openai-certificates"`.
   */
  readonly connection?: Input<string>;
}

/**
 * Uploads a certificate to the OpenAI organization of the admin key, as a trust anchor for mutual TLS. It has no effect
 * until it is activated: give its `id` to an {@link OrgCertificateActivation} or a {@link ProjectCertificateActivation}.
 *
 * Creating lists the certificates once and uploads. If the response is lost, the upload is looked for among the
 * certificates created since, and not repeated. A certificate from before is never adopted; an unused copy is reported
 * with its id. Deleting wants it active nowhere; `retainOnDelete` leaves it there.
 */
export class Certificate extends dynamic.Resource {
  /** The certificate in PEM, alone. */
  declare readonly certificate: Output<string>;
  /** What the dashboard calls it; undefined when it has no name. */
  declare readonly name: Output<string | undefined>;
  /** When it was uploaded, in Unix seconds; undefined when the API does not report it. */
  declare readonly createdAt: Output<number | undefined>;
  /** When it becomes valid, in Unix seconds. */
  declare readonly validAt: Output<number>;
  /** When it expires, in Unix seconds. */
  declare readonly expiresAt: Output<number>;
  /** Whose it is, such as `CN=gateway, O=Acme`. */
  declare readonly subject: Output<string>;
  /** Who issued it; its own subject when it is self-signed. */
  declare readonly issuer: Output<string>;
  /** Its serial number in hexadecimal digits. */
  declare readonly serialNumber: Output<string>;
  /** Its SHA-256 fingerprint in hexadecimal digits, with colons. */
  declare readonly fingerprint: Output<string>;
  /** Whether it has the CA flag. */
  declare readonly isCa: Output<boolean>;

  /**
   * @param name the resource's name in the stack.
   * @throws a failure in the preview, before anything is sent, for an argument that cannot be used.
   */
  constructor(name: string, args: CertificateArgs, options?: CustomResourceOptions);
  constructor(name: string, args: Partial<CertificateArgs>, options?: CustomResourceOptions) {
    const outputs = {
      createdAt: undefined,
      validAt: undefined,
      expiresAt: undefined,
      subject: undefined,
      issuer: undefined,
      serialNumber: undefined,
      fingerprint: undefined,
      isCa: undefined,
    };
    const inputs = { certificate: undefined, name: undefined, ...args };
    super(certificate, name, { ...inputs, ...outputs }, options, "openai", "Certificate");
  }

  /**
   * Reads a certificate that is there, without managing it, with one call.
   * @param id such as `cert_abc123`.
   * @param connection the namespace of the settings to speak with; `"openai-certificates"` unless given.
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
