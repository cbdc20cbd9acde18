import { VENDOR } from "./hosts";

/** What the settings of a connection say about its organization. Absent where that is not known. */
export interface OrganizationSettings {
  /** As `serverOf` names it. */
  readonly server?: string | undefined;
  readonly organization?: string | undefined;
  /** Secret: never logged, never stored. */
  readonly adminKey?: string | undefined;
}

/**
 * Whether other settings lead to another organization.
 * - `same`: certainly not.
 * - `uncertain`: an admin key does not say whose it is. Only the ids of certificates decide.
 * - `other server`, `other organization`: certainly, because of the base URL or of the organization's id.
 */
export type OrganizationChange = "same" | "uncertain" | "other server" | "other organization";

/** Compares the organizations of two connections. */
export function compareOrganizations(
  before: OrganizationSettings,
  after: OrganizationSettings,
): OrganizationChange {
  if (differ(before.organization, after.organization)) return "other organization";
  if (differ(before.server, after.server)) {
    // A gateway that accepts a key of the vendor leads to the vendor. A key that is not known may be the same one.
    const mayBeGateway =
      !differ(before.adminKey, after.adminKey) && [before.server, after.server].includes(VENDOR);
    return mayBeGateway ? "uncertain" : "other server";
  }
  if (before.server !== after.server) return "uncertain";
  const hasSameName = before.organization !== undefined && before.organization === after.organization;
  return hasSameName || before.adminKey === after.adminKey ? "same" : "uncertain";
}

/** Whether both are known, and not the same. */
function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
