import * as v from "valibot";
import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import type { Configuration } from "../session/currentConfiguration";
import { DEFAULT_CONNECTION, SETTINGS, STACK } from "../settings/settings";
import type { ReadConfig, Setting } from "../settings/settings";
import { isOtherOrganization, organizationChange } from "./organizationChange";
import { isSecret, reveal, secret, textOf } from "./wire";

/** Settings that are encrypted in the state even if the program passes them in clear. */
const SECRETS: readonly Setting[] = ["adminKey", "clientKey", "clientKeyPassphrase"];

/**
 * The names that the engine gives to providers that the program does not declare: the version and the download URL follow,
 * such as in `default_0_1_0` and `default_0_1_0_github_/api.github.com/acme/package`.
 * Source: `ProviderRequest.DefaultName` of pulumi, pkg/resource/deploy/providers/provider.go.
 */
const DEFAULT_PROVIDER = /^default(?:_\d+_\d+_\d+(?:_.*)?|_[\w.-]+_\/.*)?$/;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const stackSettings = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/**
 * Reads the settings of a provider.
 * @param args the provider's arguments. For `refresh`, `destroy` and `import`, those of a default provider are as they
 * were at the last `up`, so a key that was rotated since is not among them.
 * @param name the provider's name in the program; empty for `pulumi do`, undefined for an engine that does not send it.
 * @param stackConfig the stack's current settings in the package's namespace as JSON, which the engine passes to each
 * plugin as the environment variable `PULUMI_CONFIG`. This is not documented: without it, the arguments apply.
 */
export function readConfiguration(
  args: Properties,
  name: string | undefined,
  stackConfig: string | undefined,
): Configuration {
  const given = readFrom(args);
  if (name === "") return { read: given, source: { kind: "command" } };
  if (!isDefaultProvider(name)) return { read: given, source: { kind: "provider", name } };
  const ofState: Configuration = { read: given, source: STACK };
  const parsed = v.safeParse(stackSettings, stackConfig);
  if (!parsed.success) return ofState;
  const today: Configuration = { read: readFrom(parsed.output), source: STACK };
  // Certificates of a state are where they were, also after the stack was given the settings of another organization.
  return isOtherOrganization(organizationChange(args, parsed.output, today)) ? ofState : today;
}

/**
 * Why a provider of the program cannot have its name; undefined when it can. With the name of a default provider, the
 * stack's settings would apply in place of its arguments.
 */
export function reservedName(
  args: Properties,
  name: string,
  stackConfig: string | undefined,
): string | undefined {
  const parsed = v.safeParse(stackSettings, stackConfig);
  if (!isDefaultProvider(name) || !parsed.success) return undefined;
  const [given, today] = [readFrom(args), readFrom(parsed.output)];
  const isStacks = Object.keys(SETTINGS).every((setting) => given(keyOf(setting)) === today(keyOf(setting)));
  if (isStacks) return undefined;
  return (
    `the provider ${JSON.stringify(name)} has a name that Pulumi gives to default providers, which use the stack's ` +
    'configuration instead of arguments. Rename it, for example to "acme".'
  );
}

/** Settings that would be stored in clear text although they contain a private key. */
export function exposedKeys(args: Properties): readonly string[] {
  return Object.keys(SETTINGS).filter(
    (name) => !SECRETS.includes(name as Setting) && PRIVATE_KEY.test(textOf(args[name]) ?? ""),
  );
}

/** The arguments of a provider as the engine is to store them. */
export function protectSecrets(args: Properties): Properties {
  const protectedArgs = SECRETS.flatMap((name) => {
    const value = args[name];
    return value === undefined || value === UNKNOWN || isSecret(value)
      ? []
      : [[name, secret(value)] as const];
  });
  return { ...args, ...Object.fromEntries(protectedArgs) };
}

/** The settings that are not known during this preview. */
export function unknownSettings(args: Properties): readonly string[] {
  return Object.keys(SETTINGS).filter((name) => reveal(args[name]) === UNKNOWN);
}

function isDefaultProvider(name: string | undefined): name is undefined {
  return name === undefined || DEFAULT_PROVIDER.test(name);
}

function readFrom(values: Properties): ReadConfig {
  return (key) => textOf(values[key.slice(keyOf("").length)]);
}

function keyOf(setting: string): string {
  return `${DEFAULT_CONNECTION}:${setting}`;
}
