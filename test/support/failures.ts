import type { Failure } from "../../provider/api/errors/remedies";

/** Failures of one cause, and words that their remedy must have. */
export interface FailuresOfCause {
  readonly cause: string;
  readonly failures: readonly Failure[];
  /** The base URL of the connection: the vendor's unless given. */
  readonly baseUrl?: string;
  readonly words: readonly string[];
}

const GET = { method: "GET" } as const;
const API = { ...GET, body: "API error" } as const;

const network = (...codes: readonly string[]): readonly Failure[] =>
  codes.map((networkCode) => ({ ...GET, networkCode }));

const CLIENT =
  "openai-certificates:clientCertificate and openai-certificates:clientKey (or OPENAI_MTLS_CERT_CHAIN and OPENAI_MTLS_KEY)";
const BASE_URL = "openai-certificates:baseUrl (OPENAI_BASE_URL)";

/** A failure of each cause in the table of remedies, in its order. */
export const FAILURES: readonly FailuresOfCause[] = [
  {
    cause: "mTLS is enforced, and no client certificate arrived",
    failures: [{ ...API, status: 401, code: "certificate_required" }],
    words: [CLIENT, "mtls.api.openai.com", "dashboard"],
  },
  {
    cause: "mTLS is enforced, and the client certificate is not accepted",
    failures: ["invalid_certificate", "certificate_verification_failed"].map((code) => ({
      ...API,
      status: 401,
      code,
    })),
    words: [CLIENT, "no active certificate issued this client certificate", "dashboard"],
  },
  {
    cause: "a filter of the active certificates does not match",
    failures: [{ ...API, status: 401, code: "certificate_attribute_verification_failed" }],
    words: ["(CEL)", CLIENT, "dashboard"],
  },
  {
    cause: "the certificate expired",
    failures: [{ ...API, method: "POST", status: 400, code: "expired_certificate" }],
    words: ["Upload a successor"],
  },
  {
    cause: "the base URL has no /v1",
    failures: [
      { ...API, status: 404 },
      { ...GET, status: 404, body: "web page" },
      { ...GET, status: 404, body: "other" },
    ],
    baseUrl: "https://gateway.example/openai",
    words: [BASE_URL, "to https://gateway.example/openai/v1."],
  },
  {
    cause: "the project does not exist",
    failures: [
      { ...API, status: 404, path: "/organization/projects/proj_a/certificates" },
      { ...API, status: 404, code: "project_not_found", path: "/organization/projects/proj_a/certificates" },
    ],
    words: ["has no project proj_a.", "openai-certificates:adminKey (OPENAI_ADMIN_KEY)"],
  },
  {
    cause: "the admin key is wrong or expired",
    failures: [
      { ...API, status: 401, code: "invalid_api_key" },
      { ...API, status: 401 },
    ],
    words: [
      "openai-certificates:adminKey (OPENAI_ADMIN_KEY)",
      "not expired",
      "A project's API key is not accepted",
    ],
  },
  {
    cause: "the admin key lacks a permission",
    failures: [
      { ...API, status: 403 },
      { ...API, method: "POST", status: 403, code: "missing_scope" },
    ],
    words: ["openai-certificates:adminKey (OPENAI_ADMIN_KEY)", "lacks the permission api.mtls.", "owner"],
  },
  {
    cause: "the proxy requires credentials",
    failures: [
      { ...GET, status: 407, body: "web page" },
      { ...GET, status: 407, body: "other" },
    ],
    words: ["HTTPS_PROXY", "percent-encoded"],
  },
  {
    cause: "a web page came instead of the API's response",
    failures: [{ ...GET, status: 200, body: "web page" }],
    words: ["sign-in", BASE_URL, "HTTPS_PROXY"],
  },
  {
    cause: "a proxy, a firewall or another server rejected the request",
    failures: [401, 403, 404, 451].map((status) => ({ ...GET, status, body: "web page" as const })),
    words: ["HTTPS_PROXY and NO_PROXY", BASE_URL],
  },
  {
    cause: "a gateway requires a client certificate",
    failures: network(
      "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
      "ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REQUIRED",
    ),
    words: ["requires a client certificate", CLIENT],
  },
  {
    cause: "a gateway rejects the client certificate",
    failures: network(
      "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
      "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE",
      "ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED",
      "ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED",
      "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN",
      "ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
      "ERR_SSL_TLSV1_ALERT_ACCESS_DENIED",
      "ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR",
    ),
    words: ["rejects the client certificate", CLIENT, "intermediates"],
  },
  {
    cause: "the server ended the TLS handshake",
    failures: network(
      "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
      "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
      "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR",
    ),
    words: ["version of TLS", BASE_URL, "openai-certificates:clientCertificate"],
  },
  {
    cause: "the server closed the connection after the TLS handshake",
    failures: [{ ...GET, networkCode: "ECONNRESET", isClosedByServer: true }],
    words: ["its way of rejecting", CLIENT],
  },
  {
    cause: "the connection was closed",
    failures: network("ECONNABORTED", "ECONNRESET", "EPIPE"),
    words: ["HTTPS_PROXY and NO_PROXY", BASE_URL, "try again later"],
  },
  {
    cause: "the authority of the server is unknown",
    failures: network(
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    ),
    words: ["openai-certificates:caBundle (OPENAI_CA_BUNDLE)"],
  },
  {
    cause: "the certificate of the server is not valid now",
    failures: network("CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"),
    words: ["the time of this machine, 20", "Correct the clock"],
  },
  {
    cause: "the certificate of the server is for another host",
    failures: network("ERR_TLS_CERT_ALTNAME_INVALID"),
    words: [BASE_URL],
  },
  {
    cause: "the server does not speak TLS",
    failures: network(
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_SSL_PACKET_LENGTH_TOO_LONG",
      "ERR_SSL_HTTP_REQUEST",
    ),
    words: [BASE_URL, "http:// instead of https://"],
  },
  {
    cause: "no response came in time",
    failures: network("ERR_CANCELED", "ETIMEDOUT"),
    words: ["openai-certificates:timeoutSeconds (OPENAI_TIMEOUT_SECONDS)", "HTTPS_PROXY"],
  },
  {
    cause: "the host cannot be reached",
    failures: network("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"),
    words: [BASE_URL, "HTTPS_PROXY"],
  },
];
