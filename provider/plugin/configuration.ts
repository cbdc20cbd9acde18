import * as v from "valibot";
import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/unknown";
import { DEFAULT_CONNECTION, SETTINGS } from "../settings/settings";
import type { ReadConfig, Setting } from "../settings/settings";
import { STACK } from "../settings/settingsSource";
import type { SettingsSource } from "../settings/settingsSource";
import { isSecret, reveal, secret } from "./wire";

/** The settings of a provider, and where they come from. */
export interface Configuration {
  readonly read: ReadConfig;
  readonly source: SettingsSource;
}

/** Settings that are encrypted in the state even if the program passes them in clear. */
const SECRETS: readonly Setting[] = ["adminKey", "clientKey", "clientKeyPassphrase"];

/** The names that the engine gives to providers that the program does not declare, such as `default_0_1_0`. */
const DEFAULT_PROVIDER = /^default(_|$)/;

const stackSettings = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/**
 * Reads the settings of a provider.
 * @param args the provider's arguments. For `refresh`, `destroy` and `import`, those of a default provider are as they
 * were at the last `up`, so a key that was rotated since is not among them.
 * @param name the provider's name in the program; undefined for an engine that does not send it.
 * @param stackConfig the stack's current settings in the package's namespace as JSON, which the engine passes to each
 * plugin as the environment variable `PULUMI_CONFIG`. This is not documented: without it, the arguments apply.
 */
export function readConfiguration(
  args: Properties,
  name: string | undefined,
  stackConfig: string | undefined,
): Configuration {
  const isDefault = name === undefined || DEFAULT_PROVIDER.test(name);
  const parsed = v.safeParse(stackSettings, stackConfig);
  const values = isDefault && parsed.success ? parsed.output : args;
  return {
    read: (key) => textOf(values[key.slice(`${DEFAULT_CONNECTION}:`.length)]),
    source: isDefault ? STACK : { kind: "provider", name },
  };
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

/** Settings are texts, as in the stack's configuration; a program may pass numbers and booleans as such. */
function textOf(value: unknown): string | undefined {
  const plain = reveal(value);
  if (typeof plain === "string") return plain;
  return plain === undefined || plain === null ? undefined : JSON.stringify(plain);
}
