import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An organization of the file `organizations.json`. */
export interface Organization {
  /** Also the name of its stack. */
  readonly name: string;
  /** The environment variable that contains the admin key. The key itself is in no file. */
  readonly adminKeyVariable: string;
  readonly certificateIds: readonly string[];
  /** The base URL of the API. Default: that of the provider. */
  readonly baseUrl?: string;
}

const FILE = join(__dirname, "organizations.json");

/** @throws Error when the file does not contain a list of organizations with different names. */
export function readOrganizations(): readonly Organization[] {
  const organizations: unknown = JSON.parse(readFileSync(FILE, "utf8"));
  if (!Array.isArray(organizations)) throw new Error(`${FILE} must contain a list of organizations.`);

  const names = new Set<string>();
  return organizations.map((organization: unknown, index) => {
    if (!isOrganization(organization)) {
      throw new Error(
        `Entry ${index + 1} of ${FILE} must have "name", "adminKeyVariable", "certificateIds" and, if needed, "baseUrl".`,
      );
    }
    if (names.has(organization.name)) throw new Error(`${FILE} contains "${organization.name}" twice.`);
    names.add(organization.name);
    return organization;
  });
}

/** @throws Error when the file has no organization of this name. */
export function findOrganization(name: string): Organization {
  const found = readOrganizations().find((organization) => organization.name === name);
  if (found) return found;
  throw new Error(`${FILE} has no organization "${name}". The name of a stack is that of its organization.`);
}

function isOrganization(value: unknown): value is Organization {
  if (typeof value !== "object" || value === null) return false;
  const { name, adminKeyVariable, certificateIds, baseUrl } = value as Record<string, unknown>;
  return (
    isString(name) &&
    isString(adminKeyVariable) &&
    Array.isArray(certificateIds) &&
    certificateIds.every(isString) &&
    (baseUrl === undefined || isString(baseUrl))
  );
}

function isString(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
