const CLIENT_CERTIFICATE_REMEDY =
  "Mutual TLS is on here. Before the next `pulumi up`, set openai-certificates:clientCertificate and openai-certificates:clientKey (or " +
  "OPENAI_MTLS_CERT_CHAIN and OPENAI_MTLS_KEY) to a client certificate that an active certificate accepts; then " +
  "mtls.api.openai.com is called unless openai-certificates:baseUrl says otherwise. The dashboard is not subject to mutual TLS: " +
  "there a certificate can be deactivated, if none is at hand.";

/** What a person can do about an answer, by the API's code and, where that says nothing, the status. */
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ["certificate_required", CLIENT_CERTIFICATE_REMEDY],
  ["invalid_certificate", CLIENT_CERTIFICATE_REMEDY],
  ["certificate_verification_failed", CLIENT_CERTIFICATE_REMEDY],
  [
    "certificate_attribute_verification_failed",
    `A filter (CEL) of the active certificates, which only the dashboard shows, does not match this client. ${CLIENT_CERTIFICATE_REMEDY}`,
  ],
  ["expired_certificate", "Upload a successor and use its id."],
]);

const BY_STATUS: ReadonlyMap<number, string> = new Map([
  [
    401,
    "Check openai-certificates:adminKey (OPENAI_ADMIN_KEY): it must be an admin key of this organization that still exists.",
  ],
  [
    403,
    "The admin key lacks a permission: reading certificates needs api.mtls.read, changing them api.mtls.write.",
  ],
]);

const FOREIGN_REMEDY =
  "The response does not come from the API, so a proxy, a firewall or another server on the way has refused the " +
  "request. Check HTTPS_PROXY and NO_PROXY, openai-certificates:baseUrl (OPENAI_BASE_URL), and whether your network allows " +
  "requests to that host.";

const PROXY_AUTHENTICATION_REMEDY =
  "The proxy requires credentials: set them in HTTPS_PROXY, such as http://user:password@proxy.example:3128.";

/**
 * What a person can do about a refusal (4xx) that is not in the form of the API's errors.
 * @returns sentences, undefined for other statuses: a redirect, or one that asks to try later.
 */
export function remedyForForeign(status: number): string | undefined {
  if (status === 407) return PROXY_AUTHENTICATION_REMEDY;
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isRefusal ? FOREIGN_REMEDY : undefined;
}

/** @returns a sentence, undefined when nothing better can be said than what the API said. */
export function remedyFor(status: number, code: string | undefined): string | undefined {
  return BY_CODE.get(code ?? "") ?? BY_STATUS.get(status);
}
