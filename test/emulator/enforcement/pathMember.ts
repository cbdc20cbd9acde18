import type { X509Certificate } from "node:crypto";
import "reflect-metadata";
import { AsnConvert } from "@peculiar/asn1-schema";
import { NameConstraints } from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";

const NAME_CONSTRAINTS = "2.5.29.30";

/** Extensions that are interpreted here: RFC 5280, section 4.2. Any other that is critical makes the certificate invalid. */
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  "2.5.29.14", // subject key identifier
  "2.5.29.15", // key usage
  "2.5.29.17", // subject alternative name
  "2.5.29.19", // basic constraints
  NAME_CONSTRAINTS,
  "2.5.29.35", // authority key identifier
  "2.5.29.37", // extended key usage
]);

/** One certificate of a path, with what its extensions allow. */
export class PathMember {
  readonly certificate: x509.X509Certificate;

  constructor(private readonly decoded: X509Certificate) {
    this.certificate = new x509.X509Certificate(decoded.raw);
  }

  isValidAt(now: Date): boolean {
    return now >= this.certificate.notBefore && now <= this.certificate.notAfter;
  }

  get isSelfIssued(): boolean {
    return this.certificate.subject === this.certificate.issuer;
  }

  /** The number of issuing certificates that may stand between this authority and the client. */
  get pathLength(): number {
    return this.certificate.getExtension(x509.BasicConstraintsExtension)?.pathLength ?? Infinity;
  }

  get nameConstraints(): NameConstraints | undefined {
    const extension = this.certificate.getExtension(NAME_CONSTRAINTS);
    return extension ? AsnConvert.parse(extension.value, NameConstraints) : undefined;
  }

  /** Whether it may issue certificates that clients use. */
  get mayIssue(): boolean {
    const isAuthority = this.certificate.getExtension(x509.BasicConstraintsExtension)?.ca === true;
    return isAuthority && this.allows(x509.KeyUsageFlags.keyCertSign) && this.isAllowedForClients;
  }

  get mayBeUsedByClients(): boolean {
    return this.allows(x509.KeyUsageFlags.digitalSignature);
  }

  /** Whether neither its extended key usage nor an unknown critical extension rules out clients. */
  get isAllowedForClients(): boolean {
    const purposes = this.certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages;
    const isForClients = purposes?.includes(x509.ExtendedKeyUsage.clientAuth) ?? true;
    return (
      isForClients &&
      this.certificate.extensions.every(({ type, critical }) => !critical || KNOWN_EXTENSIONS.has(type))
    );
  }

  isIssuedBy(issuer: PathMember): boolean {
    return this.decoded.checkIssued(issuer.decoded) && this.decoded.verify(issuer.decoded.publicKey);
  }

  /** A certificate without the extension may be used for everything. */
  private allows(usage: x509.KeyUsageFlags): boolean {
    const usages = this.certificate.getExtension(x509.KeyUsagesExtension)?.usages;
    return usages === undefined || (usages & usage) !== 0;
  }
}
