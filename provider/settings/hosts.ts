/** The vendor's hosts, which all serve the same organizations. */
const VENDOR_HOST = /(?:^|\.)openai\.com$/;

/** The vendor's API hosts, such as api.openai.com, eu.api.openai.com or, for mutual TLS, mtls.api.openai.com. */
const VENDOR_API_HOST = /^(?:(?<prefix>[a-z0-9-]+)\.)?api\.openai\.com$/;

/** The hosts of this machine, the only ones that may be called without TLS. */
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The server of the vendor's hosts. */
export const VENDOR = "vendor";

/**
 * Identifies the server behind a base URL: {@link VENDOR}, or the origin without a trailing dot of the host. The names of
 * this machine are one server.
 * @returns undefined for a text that is not a valid URL.
 */
export function serverOf(baseUrl: string): string | undefined {
  const url = URL.parse(baseUrl);
  if (!url) return undefined;
  const host = hostOf(url);
  if (VENDOR_HOST.test(host)) return VENDOR;
  url.hostname = LOOPBACK_HOSTS.has(host) ? "localhost" : host;
  return url.origin;
}

/**
 * Whether the host of a base URL ignores client certificates. Only the vendor's hosts are known. Any other host, such
 * as a proxy, is assumed to pass the certificate on.
 */
export function ignoresClientCertificates(baseUrl: string): boolean {
  const vendor = VENDOR_API_HOST.exec(hostOf(new URL(baseUrl)));
  return vendor !== null && !/^mtls(-|$)/.test(vendor.groups?.["prefix"] ?? "");
}

/** A name with a trailing dot is the same host. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, "");
}
