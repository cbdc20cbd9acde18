import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MTLS_HOST } from "../certificates/issue";
import { startEmulator } from "../emulator";
import type { Emulator } from "../emulator";
import type { EmulatorOptions } from "../options";
import { prepareFolder, writeEnvironment } from "./folder";
import type { RehearsalFiles } from "./issueFiles";

export interface Rehearsal {
  readonly emulator: Emulator;
  /** What the folder contains. */
  readonly files: RehearsalFiles;
  /** The variables that `env.sh` in the folder exports. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The project that guides name. */
export const GUIDES_PROJECT = "proj_abc";

/**
 * Starts an emulator that enforces mTLS, with everything that the guides take for granted in a folder: authorities,
 * clients, and the variables of a shell. The ids that the guides name are uploaded, and not active.
 */
export async function startRehearsal(
  folder: string,
  options: Omit<EmulatorOptions, "tls"> = {},
): Promise<Rehearsal> {
  const files = await prepareFolder(folder);
  const text = (name: string): string => {
    const found = files[name];
    if (found === undefined) throw new Error(`${folder} has no ${name}. Name a new folder for --mtls.`);
    return found;
  };
  const tls = { certificate: text("server.pem"), key: text("server.key") };
  const emulator = await startEmulator({ projects: [GUIDES_PROJECT], ...options, tls });
  if (emulator.certificates.length === 0) {
    emulator.seed([
      { id: "cert_abc", name: "Gateway 2026", pem: text("gateway-ca.pem") },
      { id: "cert_def", name: "Gateway 2027", pem: text("gateway-2027-ca.pem") },
    ]);
  }
  const variables = variablesFor(emulator, resolve(folder));
  await writeFile(join(folder, "admin-key"), emulator.adminKey, { mode: 0o600 });
  await writeEnvironment(folder, variables, {
    "connect-to": `${MTLS_HOST}:443:${new URL(emulator.url).host}`,
  });
  return { emulator, files, variables };
}

/** The client certificate is missing on purpose: the guides configure it, and without it the lock-out can be rehearsed. */
const variablesFor = ({ url, adminKey }: Emulator, folder: string): Readonly<Record<string, string>> => ({
  OPENAI_BASE_URL: url,
  OPENAI_ADMIN_KEY: adminKey,
  OPENAI_API_KEY: adminKey,
  OPENAI_CA_BUNDLE: `${folder}/server-ca.pem`,
  // For curl: the authority of the server, and the folder of its .curlrc.
  CURL_CA_BUNDLE: `${folder}/server-ca.pem`,
  CURL_HOME: folder,
  REHEARSAL: folder,
  DASHBOARD: new URL("/dashboard", url).href,
});
