import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import type { Configuration } from "../session/currentConfiguration";
import { compareOrganizations } from "../settings/compareOrganizations";
import type { OrganizationChange, OrganizationSettings } from "../settings/compareOrganizations";
import { serverOf, VENDOR } from "../settings/hosts";
import { DEFAULT_CONNECTION, Settings, SETTINGS } from "../settings/settings";
import type { Setting } from "../settings/settings";
import { textOf } from "./wire";

const ADDRESS = ["baseUrl", "organization", "adminKey"] as const;

/** Whether resources have to be replaced, because they exist in another organization. */
export function isOtherOrganization(change: OrganizationChange): boolean {
  return change === "other server" || change === "other organization";
}

/**
 * Compares the organizations of two providers.
 * @param olds the arguments of the provider of the state: of a provider of the program, of a default provider, whose
 * settings may also have come from the environment, or the stack's whole configuration for the dynamic provider.
 * @param news the arguments of the provider now, of which some may be unknown in a preview.
 * @param configuration what applies to the provider now.
 */
export function organizationChange(
  olds: Properties,
  news: Properties,
  configuration: Configuration,
): OrganizationChange {
  const isDynamic = Object.keys(olds).some((key) => key.includes(":"));
  const before = settingsIn(olds, isDynamic ? `${DEFAULT_CONNECTION}:` : "");
  const after = settingsIn(news, "");
  if (ADDRESS.every((setting) => before[setting] === after[setting])) return "same";
  const change = compareOrganizations(formerOrganization(before), organizationNow(news, configuration));
  // A dynamic resource may use another connection than the default one.
  return isDynamic && change !== "same" ? "uncertain" : change;
}

type Address = Readonly<Partial<Record<(typeof ADDRESS)[number], string | undefined>>>;

function settingsIn(args: Properties, prefix: string): Address {
  return Object.fromEntries(
    ADDRESS.map((setting) => [setting, present(textOf(args[`${prefix}${setting}`]))]),
  );
}

function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

/**
 * Without a key among the arguments, base URL and key came from the environment. The variable that is set now has most
 * likely been set then, too; without one, nothing is known.
 */
function formerOrganization({ baseUrl, organization, adminKey }: Address): OrganizationSettings {
  const address = baseUrl ?? (adminKey === undefined ? present(process.env[SETTINGS.baseUrl]) : undefined);
  const server = address === undefined ? adminKey && VENDOR : serverOf(address);
  return { server, organization, adminKey };
}

function organizationNow(news: Properties, { read, source }: Configuration): OrganizationSettings {
  const settings = new Settings(read, process.env, DEFAULT_CONNECTION, source);
  const find = (setting: Setting): string | undefined => {
    const value = settings.find(setting)?.value;
    return value === UNKNOWN ? undefined : value;
  };
  const baseUrl = find("baseUrl");
  const isUnknown = textOf(news["baseUrl"]) === UNKNOWN;
  const server = baseUrl === undefined ? (isUnknown ? undefined : VENDOR) : serverOf(baseUrl);
  return { server, organization: find("organization"), adminKey: find("adminKey") };
}
