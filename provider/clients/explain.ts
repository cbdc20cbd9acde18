import type { X509Certificate } from "node:crypto";
import { BitString, fromBER, ObjectIdentifier } from "asn1js";
import { KEY_USAGE, rawExtensions, readExtensions } from "../certificate/extensions";
import type { RawExtension } from "../certificate/extensions";
import { elementsOf } from "./der";
import type { Rejection, RejectionReason } from "./rejection";
import { subjectOf } from "./subject";

/** Object identifiers. Source: RFC 5280, section 4.2.1. */
const NAME_CONSTRAINTS = "2.5.29.30";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** Digital Signature or Key Agreement, of which OpenSSL wants one. Source: OpenSSL, `check_purpose_ssl_client`. */
const CLIENT_USAGES = 0b1000_1000;

/** Extensions that OpenSSL interprets when they are critical. Source: OpenSSL, `X509_supported_extension`. */
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  ...[14, 15, 17, 19, 30, 31, 32, 33, 35, 36, 37, 54].map((last) => `2.5.29.${last}`),
  ...[7, 8, 14].map((last) => `1.3.6.1.5.5.7.1.${last}`),
  "2.16.840.1.113730.1.1",
]);

type Path = readonly X509Certificate[];

/**
 * Explains why OpenSSL has rejected a path. The decision is OpenSSL's; this only finds the certificate at fault, and
 * what is wrong where Node.js has no code for it.
 * @param path from the client's certificate, or that of a CA which issues them, to the trust anchor.
 * @param code what Node.js reports.
 */
export function explain(path: Path, code: string, isIssuer: boolean): Rejection {
  const authorities = isIssuer ? path : path.slice(1);
  const notForClients = path.find((each) => !mayServeClients(each, authorities.includes(each)));
  switch (code) {
    case "INVALID_PURPOSE":
      return (
        (notForClients ? undefined : explainAuthority(authorities)) ??
        blame("usage", notForClients, "is not meant for client authentication")
      );
    case "INVALID_CA":
      return explainAuthority(authorities) ?? { reason: "not a CA" };
    case "PATH_LENGTH_EXCEEDED":
      return { reason: "path length" };
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "CERT_SIGNATURE_FAILURE":
      return explainMissingIssuer(authorities);
    default:
      return explainUnnamed(path, authorities, code);
  }
}

/** The signatures are genuine, so OpenSSL has looked for another issuer than the one that signed. */
function explainMissingIssuer(authorities: Path): Rejection {
  return explainAuthority(authorities) ?? { reason: "key identifiers" };
}

/** Codes that Node.js does not name, such as that of a name that is not permitted. */
function explainUnnamed(path: Path, authorities: Path, code: string): Rejection {
  for (const certificate of path) {
    const unknown = unknownCriticalExtension(certificate);
    if (unknown !== undefined) return blame("unknown critical extension", certificate, unknown);
  }
  const unfit = explainAuthority(authorities);
  if (unfit) return unfit;
  const constraining = path.slice(1).find(({ raw }) => rawExtensions(raw).has(NAME_CONSTRAINTS));
  return constraining ? blame("name constraints", constraining) : { reason: "other", detail: code };
}

/** The first authority that must not issue certificates. */
function explainAuthority(authorities: Path): Rejection | undefined {
  const noCa = authorities.find(({ raw }) => !readExtensions(raw).isCa);
  if (noCa) return blame("not a CA", noCa);
  const signsNothing = authorities.find(
    ({ raw }) => rawExtensions(raw).has(KEY_USAGE) && !readExtensions(raw).signsCertificates,
  );
  return signsNothing && blame("usage", signsNothing, "has a key usage without Certificate Sign");
}

function unknownCriticalExtension({ raw }: X509Certificate): string | undefined {
  const unknown = [...rawExtensions(raw)].find(
    ([id, { isCritical }]) => isCritical && !KNOWN_EXTENSIONS.has(id),
  );
  return unknown?.[0];
}

function mayServeClients({ raw }: X509Certificate, isAuthority: boolean): boolean {
  const extensions = rawExtensions(raw);
  const purposes = extensions.get(EXTENDED_KEY_USAGE);
  if (purposes && !purposesOf(purposes).includes(CLIENT_AUTHENTICATION)) return false;
  const usage = extensions.get(KEY_USAGE);
  return isAuthority || !usage || (firstUsages(usage) & CLIENT_USAGES) !== 0;
}

function purposesOf({ value }: RawExtension): readonly string[] {
  return elementsOf(Buffer.from(value)).map((each) => {
    const { result } = fromBER(each);
    return result instanceof ObjectIdentifier ? result.valueBlock.toString() : "";
  });
}

/** The first eight usages; the ninth is of no interest. */
function firstUsages({ value }: RawExtension): number {
  const { result } = fromBER(value);
  return result instanceof BitString ? (result.valueBlock.valueHexView[0] ?? 0) : 0;
}

function blame(
  reason: RejectionReason,
  certificate: X509Certificate | undefined,
  detail?: string,
): Rejection {
  return {
    reason,
    ...(certificate && { subject: subjectOf(certificate) }),
    ...(detail !== undefined && { detail }),
  };
}
