/** The vendor's API hosts, such as api.openai.com, eu.api.openai.com or, for mutual TLS, mtls.api.openai.com. */
const VENDOR_HOST = /^(?:(?<prefix>[a-z0-9-]+)\.)?api\.openai\.com\.?$/;

/**
 * Whether the host of a base URL ignores client certificates. Only the vendor's hosts are known. Any other host, such
 * as a proxy, is assumed to pass the certificate on.
 */
export function ignoresClientCertificates(baseUrl: string): boolean {
  const vendor = VENDOR_HOST.exec(new URL(baseUrl).hostname);
  return vendor !== null && !/^mtls(-|$)/.test(vendor.groups?.["prefix"] ?? "");
}
