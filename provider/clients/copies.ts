import { X509Certificate } from "node:crypto";
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
  const keys = ownKeysFor(path, isIssuer);
  const copies = path.map((certificate, index) => {
    const key = keyAt(keys, index);
    // The anchor's own signature is not verified, so any key will do.
    return signed({ ...fieldsOf(certificate), publicKey: key.publicDer }, keys[index + 1] ?? key);
  });
  const [first] = path;
  const anchor = copies.at(-1);
  if (!first || !anchor) throw new Error("a path has at least one certificate");
  const below = copies.slice(0, -1);
  if (!isIssuer)
    return { chain: below.length > 0 ? below : [anchor], keyPem: keyAt(keys, 0).privatePem, anchor };
  const key = ownKey(undefined, path.length);
  return { chain: [issueLeaf(first, key, keyAt(keys, 0)), ...below], keyPem: key.privatePem, anchor };
}

/** One key for each different key of the path. That of a client only opens the connection, so its kind does not count. */
function ownKeysFor(path: readonly X509Certificate[], isIssuer: boolean): readonly OwnKey[] {
  const publicKeys = path.map(({ publicKey }) => publicKey);
  return publicKeys.map((publicKey, index) =>
    index === 0 && !isIssuer
      ? ownKey(undefined, 0)
      : ownKey(
          publicKey.asymmetricKeyType,
          publicKeys.findIndex((other, at) => (at > 0 || isIssuer) && other.equals(publicKey)),
        ),
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
function issueLeaf(issuer: X509Certificate, key: OwnKey, issuerKey: OwnKey): X509Certificate {
  const version3 = Buffer.from("a003020102", "hex");
  const serialNumber = Buffer.from("020101", "hex");
  return signed(
    {
      head: [version3, serialNumber],
      issuer: fieldsOf(issuer).subject,
      subject: sequence(),
      publicKey: key.publicDer,
      tail: [leafExtensions(issuer.raw)],
    },
    issuerKey,
  );
}

type SignedFields = Omit<CertificateFields, "signatureAlgorithm" | "validity">;

function signed(
  { head, issuer, subject, publicKey, tail }: SignedFields,
  issuerKey: OwnKey,
): X509Certificate {
  const { signatureAlgorithm } = issuerKey;
  const content = sequence(...head, signatureAlgorithm, issuer, ALWAYS, subject, publicKey, ...tail);
  return new X509Certificate(sequence(content, signatureAlgorithm, bitString(issuerKey.sign(content))));
}

function generalizedTime(text: string): Buffer {
  return encode(0x18, Buffer.from(text, "ascii"));
}
