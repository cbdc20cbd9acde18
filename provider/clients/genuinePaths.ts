import type { X509Certificate } from "node:crypto";

/**
 * Maximum number of paths from a client to one CA certificate that are judged. Each CA that another one has cross-signed
 * doubles the number, and real clients have one or two.
 */
export const MAX_PATHS = 32;

/**
 * The paths from the first certificate of a chain to a CA certificate in which each certificate has the name and the
 * genuine signature of the next one; the shortest first. What else has to hold, OpenSSL decides.
 * @param chain what a client presents, in any order after its own certificate.
 * @returns at most one more than {@link MAX_PATHS}.
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
  let paths: (readonly X509Certificate[])[] = [[client]];
  while (paths.length > 0 && found.length <= MAX_PATHS) {
    found.push(...paths.flatMap((path) => (endsBelow(path, anchor) ? [[...path, anchor]] : [])));
    paths = paths
      .flatMap((path) =>
        intermediates
          .filter((issuer) => !path.includes(issuer) && endsBelow(path, issuer))
          .map((issuer) => [...path, issuer]),
      )
      // More than enough, and a bound for chains of authorities that have all signed one another.
      .slice(0, MAX_PATHS * MAX_PATHS);
  }
  return found.slice(0, MAX_PATHS + 1);
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

function distinct(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint256, each])).values()];
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.raw.equals(other.raw);
}
