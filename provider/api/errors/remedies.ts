import type { Connection } from "../../settings/connection";
import { ignoresClientCertificates } from "../../settings/hosts";
import { DEADLINE_CODE } from "../retry";
import type { RequestLine } from "./apiError";

/** What is known about a request that failed. */
export interface Failure {
  readonly method: RequestLine["method"];
  /** The path below the base URL. */
  readonly path?: string;
  /** Absent when no response arrived. */
  readonly status?: number;
  /** The API's own error code, such as `expired_certificate`. */
  readonly code?: string;
  /** What the body of the response is. Absent when no response arrived. */
  readonly body?: "API error" | "web page" | "other";
  /** The code of Node.js or OpenSSL for a failure of the connection. */
  readonly networkCode?: string;
  /** Whether the server closed the connection after the handshake, before any response. */
  readonly isClosedByServer?: boolean;
}

/** What a remedy needs of the connection. */
export type FailedConnection = Pick<Connection, "baseUrl" | "clientCertificate" | "names">;

/** A cause that a person can do something about. */
export interface Remedy {
  readonly cause: string;
  readonly applies: (failure: Failure, connection: FailedConnection) => boolean;
  /** What to do, in sentences. It names the settings of the connection. */
  readonly remedy: (failure: Failure, connection: FailedConnection) => string;
}

/**
 * Codes of the API and alerts of TLS that concern the client certificate. The names of alerts depend on the version of
 * OpenSSL, such as ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE and ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE.
 */
const CERTIFICATE_REJECTED =
  /_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN)|UNKNOWN_CA|NO_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR)$/;
const HANDSHAKE_ALERT = "_ALERT_";
const REJECTED_BY_API: ReadonlySet<string> = new Set([
  "invalid_certificate",
  "certificate_verification_failed",
]);

/** Codes of OpenSSL's verification of the server. */
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
const WRONG_TIME: ReadonlySet<string> = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]);

/** Codes of OpenSSL for a response that is not TLS, such as that of a plain HTTP server. */
const NO_TLS: ReadonlySet<string> = new Set([
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_WRONG_VERSION_NUMBER",
]);

/** Codes of a connection that the other end, or something between, has closed. */
const CLOSED: ReadonlySet<string> = new Set(["ECONNABORTED", "ECONNRESET", "EPIPE"]);

const UNREACHABLE: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
]);

/** Statuses of a gateway that pass by themselves, and of a proxy that has a remedy of its own. */
const NO_REJECTIONS: ReadonlySet<number> = new Set([407, 408, 409, 429]);

const PROJECT = /^\/organization\/projects\/([^/]+)/;

const LAST_WAY =
  "As the last way, deactivate certificates in the dashboard, where mTLS does not apply: while none is active, the API " +
  "accepts every request that has a valid API key.";

function setClientCertificate({ baseUrl, clientCertificate, names }: FailedConnection): string {
  const pair = names(["clientCertificate", "clientKey"], "with environment");
  if (!clientCertificate) {
    return (
      `The provider presented no client certificate. Set ${pair} to one that an active certificate issued. The provider ` +
      `then calls mtls.api.openai.com, unless ${names(["baseUrl"])} is set.`
    );
  }
  return ignoresClientCertificates(baseUrl)
    ? `The host in ${names(["baseUrl"], "with environment")} does not read the configured client certificate. Set it to ` +
        "https://mtls.api.openai.com/v1 (or the mtls-us. or mtls-eu. host)."
    : `Set ${pair} to a client certificate that an active certificate issued, followed by its intermediates.`;
}

/** Causes of failed requests, the most certain first. `docs/troubleshooting.md` has an entry for each. */
export const REMEDIES: readonly Remedy[] = [
  {
    cause: "mTLS is enforced, and no client certificate arrived",
    applies: ({ code }) => code === "certificate_required",
    remedy: (_, connection) => `mTLS is enforced. ${setClientCertificate(connection)} ${LAST_WAY}`,
  },
  {
    cause: "mTLS is enforced, and the client certificate is not accepted",
    applies: ({ code = "" }) => REJECTED_BY_API.has(code),
    remedy: (_, connection) =>
      `mTLS is enforced, and no active certificate issued this client certificate. ${setClientCertificate(connection)} ` +
      LAST_WAY,
  },
  {
    cause: "a filter of the active certificates does not match",
    applies: ({ code }) => code === "certificate_attribute_verification_failed",
    remedy: (_, connection) =>
      "The filters (CEL) of the active certificates, which the dashboard shows, do not match this client certificate. " +
      `Change the filters there, or the client certificate: ${setClientCertificate(connection)} ${LAST_WAY}`,
  },
  {
    cause: "the certificate expired",
    applies: ({ code }) => code === "expired_certificate",
    remedy: () => "Upload a successor and use its id.",
  },
  {
    cause: "the base URL has no /v1",
    applies: ({ status }, { baseUrl }) => status === 404 && !/\/v\d+(?:\/|$)/.test(new URL(baseUrl).pathname),
    remedy: (_, { baseUrl, names }) =>
      `The base URL ${baseUrl} has no /v1. Set ${names(["baseUrl"], "with environment")} to ${baseUrl}/v1.`,
  },
  {
    cause: "the project does not exist",
    applies: ({ status, body, code, path = "" }) =>
      status === 404 && body === "API error" && code !== "certificate_not_found" && PROJECT.test(path),
    remedy: ({ path = "" }, { names }) =>
      `The organization of the admin key in ${names(["adminKey"], "with environment")} has no project ` +
      `${PROJECT.exec(path)?.[1] ?? ""}. Use a project id as shown in the dashboard, or the key of the project's organization.`,
  },
  {
    cause: "the admin key is wrong or expired",
    applies: ({ status, body }) => status === 401 && body === "API error",
    remedy: (_, { names }) =>
      `Check ${names(["adminKey"], "with environment")}: it must be an existing admin key of this organization that has ` +
      "not expired. A project's API key is not accepted.",
  },
  {
    cause: "the admin key lacks a permission",
    applies: ({ status, body }) => status === 403 && body === "API error",
    remedy: ({ method }, { names }) =>
      `The admin key in ${names(["adminKey"], "with environment")} lacks the permission ` +
      `${method === "GET" ? "api.mtls.read, to read certificates" : "api.mtls.write, to change certificates"}. An owner ` +
      "of the organization can grant it, or create another admin key.",
  },
  {
    cause: "the proxy requires credentials",
    applies: ({ status }) => status === 407,
    remedy: () =>
      "The proxy requires credentials. Set them in HTTPS_PROXY, such as http://user:password@proxy.example:3128, with " +
      "special characters percent-encoded (@ as %40).",
  },
  {
    cause: "a web page came instead of the API's response",
    applies: ({ status = 0, body }) => status >= 200 && status < 300 && body === "web page",
    remedy: (_, { names }) =>
      "A sign-in page or the page of a proxy came instead of the API's response. Check " +
      `${names(["baseUrl"], "with environment")}, HTTPS_PROXY and NO_PROXY, and whether this network needs a sign-in.`,
  },
  {
    cause: "a proxy, a firewall or another server rejected the request",
    applies: ({ status = 0, body }) =>
      status >= 400 && status < 500 && body !== "API error" && !NO_REJECTIONS.has(status),
    remedy: (_, { names }) =>
      "The response does not come from the API: a proxy, a firewall or another server rejected the request. Check " +
      `HTTPS_PROXY and NO_PROXY, ${names(["baseUrl"], "with environment")}, and whether your network allows requests to ` +
      "that host.",
  },
  {
    cause: "a gateway requires a client certificate",
    applies: ({ networkCode = "" }) => networkCode.endsWith("_ALERT_CERTIFICATE_REQUIRED"),
    remedy: (_, { names }) =>
      "The server, or a gateway before it, requires a client certificate. Set " +
      `${names(["clientCertificate", "clientKey"], "with environment")} to one that it trusts.`,
  },
  {
    cause: "a gateway rejects the client certificate",
    applies: ({ networkCode = "" }) => CERTIFICATE_REJECTED.test(networkCode),
    remedy: (_, { names }) =>
      "The server, or a gateway before it, rejects the client certificate. Set " +
      `${names(["clientCertificate", "clientKey"], "with environment")} to one that it trusts and that is valid, followed ` +
      "by its intermediates.",
  },
  {
    cause: "the server ended the TLS handshake",
    applies: ({ networkCode = "" }) => networkCode.includes(HANDSHAKE_ALERT),
    remedy: (_, { names }) =>
      "The server, or a gateway before it, ended the TLS handshake. It may require another version of TLS, or a client " +
      `certificate: check ${names(["baseUrl"], "with environment")} and ${names(["clientCertificate", "clientKey"])}.`,
  },
  {
    cause: "the server closed the connection after the TLS handshake",
    applies: ({ isClosedByServer = false }) => isClosedByServer,
    remedy: (_, { names }) =>
      "The server closed the connection after the TLS handshake, which may be its way of rejecting a missing or untrusted " +
      `client certificate: check ${names(["clientCertificate", "clientKey"], "with environment")}.`,
  },
  {
    cause: "the connection was closed",
    applies: ({ networkCode = "" }) => CLOSED.has(networkCode),
    remedy: (_, { names }) =>
      "Something closed the connection: the server, a proxy or a firewall. Check HTTPS_PROXY and NO_PROXY, " +
      `${names(["baseUrl"], "with environment")}, and whether your network allows connections to that host. If they are ` +
      "right, try again later.",
  },
  {
    cause: "the authority of the server is unknown",
    applies: ({ networkCode = "" }) => UNKNOWN_AUTHORITY.has(networkCode),
    remedy: (_, { names }) =>
      "The certificate of the server, or of a proxy that inspects TLS, is from an authority that is not trusted here. Set " +
      `${names(["caBundle"], "with environment")} to the certificate of that authority in PEM format. Other authorities ` +
      "stay trusted.",
  },
  {
    cause: "the certificate of the server is not valid now",
    applies: ({ networkCode = "" }) => WRONG_TIME.has(networkCode),
    remedy: () =>
      `The certificate of the server, or of a proxy, is not valid at the time of this machine, ` +
      `${new Date().toISOString()}. Correct the clock if it is wrong. Otherwise that certificate has to be renewed.`,
  },
  {
    cause: "the certificate of the server is for another host",
    applies: ({ networkCode }) => networkCode === "ERR_TLS_CERT_ALTNAME_INVALID",
    remedy: (_, { names }) =>
      `Another server responded. Check the host in ${names(["baseUrl"], "with environment")}, and the proxy and the name ` +
      "server of this network.",
  },
  {
    cause: "the server does not speak TLS",
    applies: ({ networkCode = "" }) => NO_TLS.has(networkCode),
    remedy: (_, { names }) =>
      `What responded does not speak TLS. Check the port in ${names(["baseUrl"], "with environment")}, and whether ` +
      "HTTPS_PROXY has to begin with http:// instead of https://.",
  },
  {
    cause: "no response came in time",
    applies: ({ networkCode = "" }) => networkCode === DEADLINE_CODE || networkCode === "ETIMEDOUT",
    remedy: (_, { names }) =>
      `Check the network, and whether it needs a proxy in HTTPS_PROXY. If the server is only slow, raise ` +
      `${names(["timeoutSeconds"], "with environment")}.`,
  },
  {
    cause: "the host cannot be reached",
    applies: ({ networkCode = "" }) => UNREACHABLE.has(networkCode),
    remedy: (_, { names }) =>
      `Check the host in ${names(["baseUrl"], "with environment")}, the network, and HTTPS_PROXY: whether a proxy is ` +
      "needed, and whether the one that is set can be reached.",
  },
];

/** The remedy for a failed request. @returns undefined when the cause is known to pass, or is not known. */
export function remedyFor(failure: Failure, connection: FailedConnection): string | undefined {
  return REMEDIES.find(({ applies }) => applies(failure, connection))?.remedy(failure, connection);
}
