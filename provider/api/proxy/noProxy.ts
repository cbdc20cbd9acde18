import { BlockList, isIP, isIPv6 } from "node:net";
import { domainToASCII } from "node:url";

/** The addresses and the name of this machine, any of which excludes all of them. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
for (const address of ["0.0.0.0", "::1", "::"]) LOOPBACK.addAddress(address, familyOf(address));

/**
 * Whether NO_PROXY excludes an https URL from the proxy. Its entries are separated by commas or white space: `*`, a host,
 * `.suffix`, `*suffix`, an IP address, or a range of addresses such as `10.0.0.0/8`; all but ranges also with `:port`.
 */
export function isExcluded(url: URL, noProxy: string): boolean {
  const host = canonicalHost(url.hostname);
  const port = Number(url.port || 443);
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && excludes(entry, host, port));
}

function excludes(entry: string, host: string, port: number): boolean {
  if (entry.includes("/")) return isInRange(entry, host);
  const [, name = "", onlyPort] = (isIPv6(entry) ? undefined : /^(.*):(\d+)$/.exec(entry)) ?? [entry, entry];
  if (onlyPort !== undefined && Number(onlyPort) !== 0 && Number(onlyPort) !== port) return false;
  if (name === "*") return true;
  if (/^[*.]/.test(name)) return hasSuffix(host, name);
  const excluded = canonicalHost(name);
  return host === excluded || (isLoopback(host) && isLoopback(excluded));
}

/** @param range an address and the length of its prefix, such as `10.0.0.0/8`. */
function isInRange(range: string, host: string): boolean {
  const [, base = "", bits = ""] = /^(.+)\/(\d{1,3})$/.exec(range) ?? [];
  const address = canonicalHost(base);
  if (!isIP(address) || familyOf(address) !== familyOf(host)) return false;
  // An IPv4 address in the form of IPv6 has 96 more bits.
  const prefix = Number(bits) - (base.includes(":") && !isIPv6(address) ? 96 : 0);
  if (prefix < 0 || prefix > (isIPv6(address) ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, prefix, familyOf(address));
  return list.check(host, familyOf(host));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || (isIP(host) > 0 && LOOPBACK.check(host, familyOf(host)));
}

/** A host in the one form in which hosts are compared: as in URLs, without brackets, and IPv4 as such. */
function canonicalHost(host: string): string {
  const url = URL.parse(`http://${isIPv6(host) ? `[${host}]` : host}`);
  const name = (url?.hostname ?? host).replace(/^\[(.*)\]$/, "$1").replace(/\.+$/, "");
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(name) ?? [];
  if (high === undefined || low === undefined) return name;
  return [high, low].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]).join(".");
}

/** @param pattern `.suffix` or `*suffix`. */
function hasSuffix(host: string, pattern: string): boolean {
  const suffix = pattern.replace(/^\*/, "").replace(/\.+$/, "");
  const name = suffix.replace(/^\./, "");
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  return name !== "" && host.endsWith(isAscii ? suffix : suffix.replace(name, domainToASCII(name)));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
