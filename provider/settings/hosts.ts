/** The vendor's API hosts, such as api.openai.com or eu.api.openai.com; mutual TLS has hosts of its own (mtls, mtls-us). */
const VENDOR_HOST = /^(?:(?<prefix>[a-z0-9-]+)\.)?api\.openai\.com\.?$/;

/**
 * Whether a client certificate has no effect at a base URL's host. Only the vendor's hosts are known; any other host, such
 * as a proxy of one's own, is assumed to pass the certificate on.
 */
export function ignoresClientCertificates(baseUrl: string): boolean {
  const vendor = VENDOR_HOST.exec(new URL(baseUrl).hostname);
  return vendor !== null && !/^mtls(-|$)/.test(vendor.groups?.["prefix"] ?? "");
}
