import type { X509Certificate } from "node:crypto";
import { namesAreAllowed } from "./nameConstraints";
import { PathMember } from "./pathMember";

/**
 * More certificates than any sensible path has. It also bounds the search, which tries every order of issuers that
 * certify one another.
 */
const MAX_INTERMEDIATES = 8;

/** Whether a certificate may open a connection as a client, regardless of its issuer. */
export function mayBeClient(certificate: X509Certificate, now: Date): boolean {
  const client = new PathMember(certificate);
  return client.isValidAt(now) && client.mayBeUsedByClients && client.isAllowedForClients;
}

/**
 * Whether a path of certificates leads from a client to a trust anchor, RFC 5280, section 6, with the rules for clients
 * applied to each authority, the anchor included. OpenSSL verifies only signatures and names.
 * @param others the other certificates that the client presented, in any order.
 */
export function chainsToAnchor(
  client: X509Certificate,
  others: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  now: Date,
): boolean {
  const distinct = new Map(others.map((other) => [other.fingerprint256, new PathMember(other)]));
  const usable = (member: PathMember): boolean => member.isValidAt(now) && member.mayIssue;
  const intermediates = [...distinct.values()].filter(usable);
  const ends = anchors.map((anchor) => new PathMember(anchor)).filter(usable);
  return extendsToAnchor([new PathMember(client)], intermediates, ends);
}

function extendsToAnchor(
  path: readonly PathMember[],
  intermediates: readonly PathMember[],
  anchors: readonly PathMember[],
): boolean {
  const last = path.at(-1);
  if (!last || path.length > MAX_INTERMEDIATES + 1) return false;
  if (anchors.some((anchor) => last.isIssuedBy(anchor) && isAllowed([...path, anchor]))) return true;
  return intermediates.some(
    (issuer) =>
      !path.includes(issuer) &&
      last.isIssuedBy(issuer) &&
      extendsToAnchor([...path, issuer], intermediates, anchors),
  );
}

/** @param path from the client to the anchor. */
function isAllowed(path: readonly PathMember[]): boolean {
  return path.every((authority, index) => {
    if (index === 0) return true;
    const below = path.slice(0, index);
    // A certificate that an authority issues for itself, to renew its key, does not count.
    const issuing = below.slice(1).filter(({ isSelfIssued }) => !isSelfIssued);
    return issuing.length <= authority.pathLength && namesAreAllowed(authority.nameConstraints, below);
  });
}
