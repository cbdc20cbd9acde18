import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs openssl with files that exist for this call only. @param args a function of the paths of these files. */
function openssl(
  files: Readonly<Record<string, string>>,
  args: (path: (name: string) => string) => readonly string[],
): string {
  const folder = mkdtempSync(join(tmpdir(), "tls-stand-in-"));
  const path = (name: string): string => join(folder, name);
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text, { mode: 0o600 });
    return execFileSync("openssl", args(path), { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const newKey = (): string =>
  openssl({}, () => ["ecparam", "-name", "prime256v1", "-genkey", "-noout"]);

export const selfSigned = (keyPem: string, commonName: string, days: number, extensions: string): string =>
  openssl({ key: keyPem, config: `[req]\ndistinguished_name=dn\n[dn]\n[v3]\n${extensions}` }, (path) => [
    ...["req", "-new", "-x509", "-key", path("key"), "-config", path("config"), "-extensions", "v3"],
    ...["-subj", `/CN=${commonName}`, "-days", String(days)],
  ]);

export const newRequest = (keyPem: string, commonName: string): string =>
  openssl({ key: keyPem }, (path) => ["req", "-new", "-key", path("key"), "-subj", `/CN=${commonName}`]);

export const signed = (
  requestPem: string,
  ca: { readonly certificate: string; readonly key: string },
  days: number,
  extensions: string,
): string =>
  openssl({ request: requestPem, ca: ca.certificate, key: ca.key, extensions }, (path) => [
    ...["x509", "-req", "-in", path("request"), "-CA", path("ca"), "-CAkey", path("key")],
    ...["-set_serial", String(Date.now()), "-extfile", path("extensions"), "-days", String(days)],
  ]);
