import { KeyObject, randomBytes } from "node:crypto";
import type { webcrypto } from "node:crypto";
import "reflect-metadata";
import { ExtendedKeyUsage, SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import type { Extension } from "@peculiar/x509";
import { authorityExtensions, leafExtensions } from "./issueExtensions";
import type { Omission } from "./issueExtensions";
import { newKeys, signingAlgorithm } from "./keyKind";
import type { KeyKind } from "./keyKind";

/** The host that guides call. */
export const MTLS_HOST = "mtls.api.openai.com";
const DAY_MS = 24 * 60 * 60 * 1000;

export interface IssuedCertificate {
  /** Common name. */
  readonly name: string;
  readonly pem: string;
  readonly keyPem: string;
  /** The chain to present: the certificate, then the intermediates up to the trust anchor, without it. */
  readonly chainPem: string;
}

/** A certificate that can issue others. */
export interface Authority extends IssuedCertificate {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly keyKind: KeyKind;
  readonly isSelfSigned: boolean;
}

export interface IssueOptions {
  readonly name?: string;
  /** Default: a day ago. */
  readonly validFrom?: Date;
  /** Default: in a year. */
  readonly expires?: Date;
  /** Default: P-256. */
  readonly keyKind?: KeyKind;
  /** Each replaces the default extension of its type, or is added. */
  readonly extensions?: readonly Extension[];
}

export interface CaOptions extends IssueOptions {
  /** Omits an extension that the API requires. */
  readonly without?: Omission;
}

/** A self-signed certificate authority, as it is uploaded to the API. */
export async function issueCa(options: CaOptions = {}): Promise<Authority> {
  const { name = "ca", keyKind = "P-256", without } = options;
  const keys = await newKeys(keyKind);
  const extensions = await authorityExtensions(keys, keys, without);
  const issued = await issue(name, keys, { name, keys, keyKind }, extensions, options);
  return { ...issued, keys, keyKind, isSelfSigned: true };
}

export interface IntermediateOptions extends IssueOptions {
  /** The keys of an intermediate that is renewed or cross-signed. Default: new ones. */
  readonly keys?: webcrypto.CryptoKeyPair;
}

/** An authority issued by another one. */
export async function issueIntermediate(
  issuer: Authority,
  options: IntermediateOptions = {},
): Promise<Authority> {
  const { name = "intermediate", keyKind = "P-256", keys = await newKeys(keyKind) } = options;
  const issued = await issue(name, keys, issuer, await authorityExtensions(keys, issuer.keys), options);
  return { ...issued, chainPem: chainOf(issued.pem, issuer), keys, keyKind, isSelfSigned: false };
}

/** A certificate for a workload. */
export function issueClient(issuer: Authority, options: IssueOptions = {}): Promise<IssuedCertificate> {
  return issueLeaf(issuer, { name: "client", ...options }, ExtendedKeyUsage.clientAuth);
}

/**
 * A certificate for 127.0.0.1 and localhost, and for the API's mTLS host, which curl can redirect here. With the authority
 * that clients of it must trust.
 */
export async function issueServer(
  options: IssueOptions = {},
): Promise<IssuedCertificate & { authorityPem: string }> {
  const authority = await issueCa({ name: "server authority" });
  const issued = await issueLeaf(authority, { name: "localhost", ...options }, ExtendedKeyUsage.serverAuth, [
    new SubjectAlternativeNameExtension([
      { type: "ip", value: "127.0.0.1" },
      { type: "dns", value: "localhost" },
      { type: "dns", value: MTLS_HOST },
    ]),
  ]);
  return { ...issued, authorityPem: authority.pem };
}

async function issueLeaf(
  issuer: Authority,
  options: IssueOptions & { readonly name: string },
  usage: ExtendedKeyUsage,
  more: readonly Extension[] = [],
): Promise<IssuedCertificate> {
  const keys = await newKeys(options.keyKind);
  const extensions = [...(await leafExtensions(usage, keys, issuer.keys)), ...more];
  const issued = await issue(options.name, keys, issuer, extensions, options);
  return { ...issued, chainPem: chainOf(issued.pem, issuer) };
}

async function issue(
  name: string,
  keys: webcrypto.CryptoKeyPair,
  issuer: Pick<Authority, "name" | "keys" | "keyKind">,
  extensions: readonly Extension[],
  options: IssueOptions,
): Promise<IssuedCertificate> {
  const { validFrom = new Date(Date.now() - DAY_MS), expires = new Date(Date.now() + 365 * DAY_MS) } =
    options;
  const special = options.extensions ?? [];
  const usual = extensions.filter(({ type }) => !special.some((each) => each.type === type));
  const certificate = await X509CertificateGenerator.create({
    // The first octet stays small: a serial number is a positive integer.
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    subject: [{ CN: [name] }],
    issuer: [{ CN: [issuer.name] }],
    notBefore: validFrom,
    notAfter: expires,
    signingAlgorithm: signingAlgorithm(issuer.keyKind),
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    extensions: [...usual, ...special],
  });
  const pem = `${certificate.toString("pem")}\n`;
  const keyPem = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString();
  return { name, pem, keyPem, chainPem: pem };
}

const chainOf = (pem: string, issuer: Authority): string =>
  issuer.isSelfSigned ? pem : pem + issuer.chainPem;
