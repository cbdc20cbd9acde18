import type { Settings } from "./settings";

/** The vendor's hosts, which all serve the same organizations. */
const VENDOR_HOST = /(?:^|\.)openai\.com$/;

/**
 * The keys that identify an organization. Two connections with a key in common reach the same organization, because an
 * admin key belongs to one organization. Contains the admin key: never logged, never stored.
 */
export function organizationKeys(settings: Settings): readonly string[] {
  const server = serverOf(settings.find("baseUrl")?.value);
  const adminKey = settings.find("adminKey")?.value;
  const organization = settings.find("organization")?.value;
  return [
    JSON.stringify([server, "key", adminKey ?? null]),
    ...(organization === undefined ? [] : [JSON.stringify([server, "organization", organization])]),
  ];
}

function serverOf(baseUrl: string | undefined): string {
  const url = baseUrl === undefined ? null : URL.parse(baseUrl);
  return url === null || VENDOR_HOST.test(url.hostname) ? "vendor" : url.origin;
}
