import { MIN_REMAINING_VALIDITY_SECONDS } from "../api/limits";
import { sanitize } from "../shared/sanitize";
import { isoTime } from "../shared/unixTime";
import type { CaCertificate } from "./caCertificate";

/**
 * Why the API would reject a certificate, each as the end of a sentence that begins with it.
 * @param now Unix seconds.
 */
export function validateCaCertificate(caCertificate: CaCertificate, now: number): readonly string[] {
  const certificate = `(${formatSubject(caCertificate)})`;
  const usages = missing([
    ["Certificate Sign", caCertificate.signsCertificates],
    ["CRL Sign", caCertificate.signsRevocations],
  ]);
  const identifiers = missing([
    ["a subject key identifier", caCertificate.hasSubjectKeyIdentifier],
    ["an authority key identifier", caCertificate.hasAuthorityKeyIdentifier],
  ]);
  const validity = endOfValidity(caCertificate, now);
  return [
    ...(caCertificate.isCa
      ? []
      : [
          `${certificate} has no CA flag; use the CA certificate that issues the client certificates, not a client certificate`,
        ]),
    ...(usages === ""
      ? []
      : [
          `${certificate} has a key usage that lacks ${usages}; reissue it with keyUsage = critical, keyCertSign, cRLSign`,
        ]),
    ...(identifiers === ""
      ? []
      : [
          `${certificate} lacks ${identifiers}; reissue it with subjectKeyIdentifier = hash and ` +
            "authorityKeyIdentifier = keyid:always",
        ]),
    ...(validity === undefined ? [] : [`${certificate} ${validity}; use its successor`]),
  ];
}

/**
 * How the validity of a certificate ended, or soon will: "expired at …"; undefined when it lasts.
 * @param now Unix seconds.
 */
export function endOfValidity({ expiresAt }: CaCertificate, now: number): string | undefined {
  if (expiresAt - now > MIN_REMAINING_VALIDITY_SECONDS) return undefined;
  const moment = isoTime(expiresAt);
  return expiresAt <= now ? `expired at ${moment}` : `expires at ${moment}, within a day`;
}

/** A certificate as messages call it. */
export function formatSubject({ subject, fingerprint }: CaCertificate): string {
  return subject === "" ? `a nameless subject (${fingerprint})` : sanitize(subject);
}

function missing(parts: readonly (readonly [what: string, isThere: boolean])[]): string {
  return parts.flatMap(([what, isThere]) => (isThere ? [] : [what])).join(" and ");
}
