import { serverOf, VENDOR } from "./hosts";
import type { Settings } from "./settings";

/**
 * The keys that identify an organization. Two connections with a key in common reach the same organization, because an
 * admin key belongs to one organization. Contains the admin key: never logged, never stored.
 */
export function organizationKeys(settings: Settings): readonly string[] {
  const baseUrl = settings.find("baseUrl")?.value;
  // Nothing is sent to an address that is not valid.
  const server = (baseUrl === undefined ? undefined : serverOf(baseUrl)) ?? VENDOR;
  const adminKey = settings.find("adminKey")?.value;
  const organization = settings.find("organization")?.value;
  return [
    JSON.stringify([server, "key", adminKey ?? null]),
    ...(organization === undefined ? [] : [JSON.stringify([server, "organization", organization])]),
  ];
}
