import { sign, X509Certificate } from "node:crypto";
import { bitString, encode, sequence } from "./der";
import { fieldsOf } from "./fields";
import type { CertificateFields } from "./fields";
import { leafExtensions } from "./leafExtensions";
import { ownKey } from "./ownKeys";
import type { OwnKey } from "./ownKeys";

/** A path of copies that OpenSSL can judge, because their keys are at hand. */
export interface CopiedPath {
  /** What the client presents. */
  readonly chain: readonly X509Certificate[];
  readonly keyPem: string;
  /** The last certificate of the path. */
  readonly anchor: X509Certificate;
}

/** ecdsa-with-SHA256. Source: RFC 5758, section 3.2. */
const ECDSA_WITH_SHA256 = Buffer.from("300a06082a8648ce3d040302", "hex");

/** From 1970 to the end of 9999: dates are compared apart from OpenSSL, see verdict.ts. */
const ALWAYS = sequence(generalizedTime("19700101000000Z"), generalizedTime("99991231235959Z"));

/**
 * Copies a path of certificates with keys of our own in place of theirs. Every other field stays byte for byte, except
 * for the dates, so names, key identifiers and extensions mean the same. Certificates with the same key get the same one.
 * @param path from the client's certificate to the trust anchor, each issued by the next one.
 * @param isIssuer whether the first certificate is not the client's, but that of a CA that issues them. Then a client
 * certificate is issued below its copy.
 * @throws Error when a certificate is not as RFC 5280 describes it.
 */
export function copyPath(path: readonly X509Certificate[], isIssuer: boolean): CopiedPath {
  const fields = path.map(fieldsOf);
  const keys = ownKeysFor(fields);
  const copies = fields.map((each, index) => {
    const key = keyAt(keys, index);
    // The anchor's own signature is not verified, so any key will do.
    return signed({ ...each, publicKey: key.publicDer }, keys[index + 1] ?? key);
  });
  const [first] = fields;
  const anchor = copies.at(-1);
  if (!first || !anchor) throw new Error("a path has at least one certificate");
  const presented = copies.length > 1 ? copies.slice(0, -1) : copies;
  if (!isIssuer) return { chain: presented, keyPem: keyAt(keys, 0).privatePem, anchor };
  const key = ownKey(keys.length);
  const leaf = issueLeaf(path[0]?.raw ?? Buffer.alloc(0), first, key, keyAt(keys, 0));
  return { chain: [leaf, ...(copies.length > 1 ? presented : [])], keyPem: key.privatePem, anchor };
}

/** One key for each different key of the path. */
function ownKeysFor(fields: readonly CertificateFields[]): readonly OwnKey[] {
  return fields.map(({ publicKey }) =>
    ownKey(fields.findIndex((other) => other.publicKey.equals(publicKey))),
  );
}

function keyAt(keys: readonly OwnKey[], index: number): OwnKey {
  const key = keys[index];
  if (!key) throw new Error(`a path has no certificate ${index}`);
  return key;
}

/**
 * A client certificate as the API wants it: for client authentication, with key identifiers. It has no names, because
 * those of the certificates that the CA issues are not known.
 */
function issueLeaf(
  issuerDer: Uint8Array,
  issuer: CertificateFields,
  key: OwnKey,
  issuerKey: OwnKey,
): X509Certificate {
  const version3 = Buffer.from("a003020102", "hex");
  const serialNumber = Buffer.from("020101", "hex");
  return signed(
    {
      head: [version3, serialNumber],
      signatureAlgorithm: ECDSA_WITH_SHA256,
      issuer: issuer.subject,
      validity: ALWAYS,
      subject: sequence(),
      publicKey: key.publicDer,
      tail: [leafExtensions(issuerDer)],
    },
    issuerKey,
  );
}

function signed(fields: CertificateFields, issuerKey: OwnKey): X509Certificate {
  const { head, issuer, subject, publicKey, tail } = fields;
  const content = sequence(...head, ECDSA_WITH_SHA256, issuer, ALWAYS, subject, publicKey, ...tail);
  const signature = sign("sha256", content, issuerKey.privateKey);
  return new X509Certificate(sequence(content, ECDSA_WITH_SHA256, bitString(signature)));
}

function generalizedTime(text: string): Buffer {
  return encode(0x18, Buffer.from(text, "ascii"));
}
