import * as v from "valibot";
import { SettingsError } from "./settingsError";
import type { GivenSetting } from "./settings";

/** Hosts of this machine: the only ones that may be spoken to without TLS. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Longest time, in seconds, that any setting may ask for: a day. */
const MAX_SECONDS = 86_400;

/** A value that goes into a header. @throws ConnectionError */
export function parseHeaderValue({ name, value }: GivenSetting): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new SettingsError(`${name} holds white space or a character that it cannot have; set it again.`);
}

/** An address without a slash at its end. @throws ConnectionError */
export function parseBaseUrl({ name, value }: GivenSetting): string {
  const url = URL.parse(value);
  if (!url) throw new SettingsError(`${name} is no URL; give one such as https://api.openai.com/v1.`);
  if (url.username || url.password || /[?#]/.test(url.href)) {
    throw new SettingsError(`${name} holds a user, a query or a fragment; give the address alone.`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname))) {
    throw new SettingsError(
      `${name} is ${url.protocol}//${url.host}: the admin key would travel in clear. Use https; plain http is ` +
        "accepted for this machine only (127.0.0.1, localhost, [::1]).",
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** A number of seconds. @throws ConnectionError */
export function parseSeconds({ name, value }: GivenSetting, least: number): number {
  const shape = v.pipe(
    v.string(),
    v.decimal(),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(MAX_SECONDS),
  );
  const parsed = v.safeParse(shape, value);
  if (parsed.success) return parsed.output;
  throw new SettingsError(`${name} must be a number of seconds from ${least} to ${MAX_SECONDS}.`);
}

/** A switch. @throws ConnectionError */
export function parseBoolean({ name, value }: GivenSetting): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new SettingsError(`${name} must be true or false.`);
}
