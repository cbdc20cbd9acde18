import { SettingsError } from "../../settings/settingsError";
import { isExcluded } from "./noProxy";

/** The proxy of https requests. Its credentials are secret: never logged, never stored. */
export interface Proxy {
  /** Without the credentials. */
  readonly url: URL;
  /** The value of the header `Proxy-Authorization`. */
  readonly authorization?: string;
}

/** Variables in the order of their precedence: the first one that is set applies. */
const PROXY_VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const NO_PROXY_VARIABLES = ["no_proxy", "NO_PROXY"];

/**
 * The proxy from the environment through which a server is called.
 * @returns undefined when the server is called directly: because of NO_PROXY, or because its URL is plain http, which
 * stays on this machine.
 * @throws SettingsError when the proxy cannot be used.
 */
export function proxyFor(baseUrl: string, environment: NodeJS.ProcessEnv): Proxy | undefined {
  const url = new URL(baseUrl);
  if (url.protocol !== "https:") return undefined;
  const isSet = (name: string): boolean => (environment[name] ?? "").trim() !== "";
  const variable = PROXY_VARIABLES.find(isSet);
  if (variable === undefined) return undefined;
  const noProxy = environment[NO_PROXY_VARIABLES.find(isSet) ?? ""] ?? "";
  return isExcluded(url, noProxy) ? undefined : parseProxy(variable, environment[variable] ?? "", url.host);
}

function parseProxy(variable: string, value: string, target: string): Proxy {
  const trimmed = value.trim();
  const url = URL.parse(trimmed.includes("://") ? trimmed : `http://${trimmed}`);
  // The value may contain a password, so messages do not repeat it.
  if (!url?.hostname || (trimmed.includes("@") && !url.username && !url.password)) {
    throw new SettingsError(
      `${variable} is not a valid URL. Set one such as http://proxy.example:3128 or ` +
        "http://user:password@proxy.example:3128, with special characters of the password percent-encoded (# as %23).",
    );
  }

  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new SettingsError(
      `${variable} is the URL of a ${url.protocol.slice(0, -1)} proxy, which is not supported. Set HTTPS_PROXY to the ` +
        `http:// or https:// URL of a proxy, or add ${target} to NO_PROXY to call it directly.`,
    );
  }
  const credentials = [url.username, url.password].map(decode).join(":");
  return {
    url: new URL(url.origin),
    ...(credentials !== ":" && {
      authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
    }),
  };
}

/** Undoes percent-encoding. A text that is not encoded, such as `100%`, stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
