import type { Settings } from "./settings";

/** Hosts of the API that serve the same organizations, whether or not they accept a client certificate. */
const VENDOR_HOST = /(?:^|\.)openai\.com$/;

/**
 * What tells organizations apart: two connections that have one of these keys in common speak to the same organization.
 * An admin key belongs to one organization. Holds the admin key: never logged, never stored.
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
