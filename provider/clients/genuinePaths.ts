import type { X509Certificate } from "node:crypto";

/**
 * The paths from the first certificate of a chain to a CA certificate in which each certificate has the name and the
 * genuine signature of the next one; the shortest first. What else has to hold, OpenSSL decides.
 *
 * No path leads through the same authority twice, as RFC 4158, section 5.2, recommends. So chains of ten certificates, the
 * most that a client may have, have at most 27 paths: nine intermediates are at best three for each of three authorities.
 * @param chain what a client presents, in any order after its own certificate.
 */
export function genuinePaths(
  chain: readonly X509Certificate[],
  anchor: X509Certificate,
): readonly (readonly X509Certificate[])[] {
  const [client] = chain;
  if (!client) return [];
  if (isSame(client, anchor)) return [[client]];
  const intermediates = distinct(chain).filter((each) => !isSame(each, client) && !isSame(each, anchor));
  const found: (readonly X509Certificate[])[] = [];
  let paths: readonly (readonly X509Certificate[])[] = [[client]];
  while (paths.length > 0) {
    found.push(...paths.flatMap((path) => (endsBelow(path, anchor) ? [[...path, anchor]] : [])));
    paths = paths.flatMap((path) =>
      intermediates
        .filter((issuer) => endsBelow(path, issuer) && !path.some((each) => isSameAuthority(each, issuer)))
        .map((issuer) => [...path, issuer]),
    );
  }
  return found;
}

function endsBelow(path: readonly X509Certificate[], issuer: X509Certificate): boolean {
  const last = path.at(-1);
  return last !== undefined && isIssuedBy(last, issuer);
}

const issued = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>();

/** Whether a certificate has the name and the genuine signature of another one. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const known = issued.get(certificate) ?? new WeakMap<X509Certificate, boolean>();
  issued.set(certificate, known);
  const result =
    known.get(issuer) ??
    (comparable(certificate.issuer) === comparable(issuer.subject) && hasSignatureOf(certificate, issuer));
  known.set(issuer, result);
  return result;
}

/** A name as OpenSSL compares it: regardless of case and of repeated white space. Names that are equal here may still differ. */
function comparable(name: string | undefined): string {
  return (name ?? "").toLowerCase().replaceAll(/[ \t]+/g, " ");
}

function hasSignatureOf(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

/** Whether two certificates are of one authority: they have its name and its key. */
function isSameAuthority(one: X509Certificate, other: X509Certificate): boolean {
  return comparable(one.subject) === comparable(other.subject) && one.publicKey.equals(other.publicKey);
}

function distinct(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint256, each])).values()];
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.raw.equals(other.raw);
}
