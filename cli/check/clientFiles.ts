import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { holdsPrivateKey } from "../../provider/certificate/holdsPrivateKey";
import { parseClient } from "../../provider/clients/knownClient";
import type { KnownClient } from "../../provider/clients/knownClient";
import { errorCode } from "../../provider/shared/errorCode";
import { sanitize } from "../../provider/shared/sanitize";

/** What certificates in PEM are called in a folder. */
const EXTENSIONS: ReadonlySet<string> = new Set([".pem", ".crt", ".cer"]);

interface ClientFile {
  readonly name: string;
  readonly path: string;
  /** Whether the user has named the file, rather than its folder. */
  readonly isNamed: boolean;
}

/**
 * Reads the clients that `--client` names.
 * @param given each is `name=file`, or a folder whose certificates are clients by the names of their files.
 * @throws Error when one cannot be read, is not a client certificate, or has the name of another one.
 */
export async function readClients(given: readonly string[]): Promise<readonly KnownClient[]> {
  const files = (await Promise.all(given.map(filesOf))).flat();
  const clients = (await Promise.all(files.map(readClient))).flat();
  const twice = clients.find(({ name }, index) => clients.findIndex((each) => each.name === name) < index);
  if (twice) {
    throw new Error(
      `two clients have the name ${JSON.stringify(twice.name)}. Give each a name of its own: --client name=file.`,
    );
  }
  return clients;
}

async function filesOf(given: string): Promise<readonly ClientFile[]> {
  const [, name = "", path = ""] = /^([^=]*)=(.*)$/s.exec(given) ?? [];
  if (name.trim() !== "" && path !== "") return [{ name: sanitize(name), path, isNamed: true }];
  const entries = await readdir(given).catch((error: unknown) => {
    throw new Error(
      `--client ${given} is not a folder that can be read (${errorCode(error) ?? "unknown reason"}). Name a folder, or ` +
        "a file with the name of its client: --client billing=billing.pem.",
    );
  });
  const files = entries.filter((entry) => EXTENSIONS.has(extname(entry).toLowerCase())).sort();
  return files.map((file) => ({
    name: sanitize(basename(file, extname(file))),
    path: join(given, file),
    isNamed: false,
  }));
}

async function readClient({ name, path, isNamed }: ClientFile): Promise<readonly KnownClient[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(`${path} cannot be read (${errorCode(error) ?? "unknown reason"}). Check --client.`);
  });
  // Keys often lie next to certificates.
  if (!isNamed && holdsPrivateKey(text) && !text.includes("BEGIN CERTIFICATE")) return [];
  const parsed = parseClient(name, text);
  if ("client" in parsed) return [parsed.client];
  throw new Error(`client ${JSON.stringify(name)}: ${path} ${parsed.problem}.`);
}
