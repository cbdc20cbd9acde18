import { nameSettings } from "../../settings/settings";

const clientCertificateRemedy = (): string =>
  `mTLS is enforced. Before the next \`pulumi up\`, set ` +
  `${nameSettings(["clientCertificate", "clientKey"], "with environment")} to a client certificate issued by an active ` +
  `certificate. The provider then calls mtls.api.openai.com, unless ${nameSettings(["baseUrl"])} is set. ` +
  "Without such a certificate, deactivate certificates in the dashboard, where mTLS does not apply.";

/** Remedies by the API's error code. They take precedence over those by status. */
const BY_CODE: ReadonlyMap<string, () => string> = new Map([
  ["certificate_required", clientCertificateRemedy],
  ["invalid_certificate", clientCertificateRemedy],
  ["certificate_verification_failed", clientCertificateRemedy],
  [
    "certificate_attribute_verification_failed",
    () =>
      "The filters (CEL) of the active certificates do not match this client certificate. They are visible in the " +
      `dashboard. ${clientCertificateRemedy()}`,
  ],
  ["expired_certificate", () => "Upload a successor and use its id."],
]);

const BY_STATUS: ReadonlyMap<number, () => string> = new Map([
  [
    401,
    () =>
      `Check ${nameSettings(["adminKey"], "with environment")}: it must be an existing admin key of this organization.`,
  ],
  [
    403,
    () =>
      "The admin key lacks a permission: api.mtls.read to read certificates, or api.mtls.write to change them.",
  ],
]);

const foreignRemedy = (): string =>
  "The response does not come from the API: a proxy, a firewall or another server rejected the request. Check " +
  `HTTPS_PROXY and NO_PROXY, ${nameSettings(["baseUrl"], "with environment")}, and whether your network allows ` +
  "requests to that host.";

const PROXY_AUTHENTICATION_REMEDY =
  "The proxy requires credentials. Set them in HTTPS_PROXY, such as http://user:password@proxy.example:3128.";

/** The remedy for connections that the server closes after the handshake. */
export const closedConnectionRemedy = (): string =>
  "The server closed the connection after the TLS handshake, which may be its way of rejecting a missing or untrusted " +
  `client certificate: check ${nameSettings(["clientCertificate", "clientKey"], "with environment")}.`;

/**
 * The remedy for an error response that is not in the API's format.
 * @returns undefined for redirects, server errors, and statuses that can be retried.
 */
export function remedyForForeign(status: number): string | undefined {
  if (status === 407) return PROXY_AUTHENTICATION_REMEDY;
  const isRejection = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isRejection ? foreignRemedy() : undefined;
}

/** The remedy for an error response of the API. @returns undefined when there is none beyond the API's message. */
export function remedyFor(status: number, code: string | undefined): string | undefined {
  return (BY_CODE.get(code ?? "") ?? BY_STATUS.get(status))?.();
}
