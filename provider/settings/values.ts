import * as v from "valibot";
import { LOOPBACK_HOSTS } from "./hosts";
import type { GivenSetting } from "./settings";
import { SettingsError } from "./settingsError";

/** The maximum of settings in seconds: one day. */
const MAX_SECONDS = 86_400;

/** Validates the value of an HTTP header. @throws SettingsError */
export function parseHeaderValue({ name, value }: GivenSetting): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new SettingsError(`${name} contains white space or an invalid character. Set it again.`);
}

/** Parses a base URL and removes trailing slashes. @throws SettingsError */
export function parseBaseUrl({ name, value }: GivenSetting): string {
  const url = URL.parse(value);
  if (!url) throw new SettingsError(`${name} is not a valid URL. Set one such as https://api.openai.com/v1.`);
  if (url.username || url.password || /[?#]/.test(url.href))
    throw new SettingsError(`${name} contains a user, a query or a fragment. Set the address only.`);

  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname))) {
    throw new SettingsError(
      `${name} is ${url.protocol}//${url.host}: the admin key would be sent unencrypted. Use https. ` +
        "Plain http is accepted for this machine only (127.0.0.1, localhost, [::1]).",
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** Parses a number of seconds. @throws SettingsError */
export function parseSeconds({ name, value }: GivenSetting, minimum: number): number {
  const schema = v.pipe(
    v.string(),
    v.decimal(),
    v.transform(Number),
    v.minValue(minimum),
    v.maxValue(MAX_SECONDS),
  );
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new SettingsError(`${name} must be a number of seconds from ${minimum} to ${MAX_SECONDS}.`);
}
