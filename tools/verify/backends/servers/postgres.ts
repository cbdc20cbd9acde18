import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldersOnPath, isExecutable } from "../../../../test/engine/inspect";
import { runProcess, startProcess } from "../../../../test/engine/process";
import { freePort } from "./port";
import type { SharedBackend } from "./sharedBackend";

/** Where Debian's packages keep the server's programs, in a folder for each version; they are not on PATH. */
const DEBIAN_FOLDER = "/usr/lib/postgresql";

/** The user that Debian's package creates. The server refuses to run as root. */
const SERVER_USER = "postgres";

/** Starts a PostgreSQL server with an empty database, on a free port of 127.0.0.1. */
export async function startPostgres(): Promise<SharedBackend> {
  const bin = await findServerPrograms();
  const { stdout: version } = await mustRun(join(bin, "postgres"), ["--version"]);
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  if (isRoot()) await mustRun("chown", [`${SERVER_USER}:`, folder]);
  const data = join(folder, "data");
  await mustRun(
    ...asServerUser(join(bin, "initdb"), ["-D", data, "-U", "pulumi", "--auth=trust", "--locale=C"]),
  );

  const port = await freePort();
  const args = ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", ""];
  const server = startProcess(...asServerUser(join(bin, "postgres"), args), { cwd: folder });
  const stop = () => {
    server.signal("SIGINT");
  };
  process.once("exit", stop);
  await server.waitFor(/ready to accept connections/);

  let stores = 0;
  return {
    server: `PostgreSQL ${/[\d.]+/.exec(version)?.[0] ?? "of unknown version"}`,
    newStore: () => {
      stores += 1;
      const url = `postgres://pulumi@127.0.0.1:${port}/postgres?sslmode=disable&table=state_${stores}`;
      return Promise.resolve({ PULUMI_BACKEND_URL: url });
    },
    close: async () => {
      process.off("exit", stop);
      stop();
      await server.result;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @throws Error with the remedy when PostgreSQL is not installed. */
async function findServerPrograms(): Promise<string> {
  const versions = existsSync(DEBIAN_FOLDER) ? await readdir(DEBIAN_FOLDER) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const folders = [...foldersOnPath(), ...newestFirst.map((name) => join(DEBIAN_FOLDER, name, "bin"))];
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((name) => isExecutable(join(folder, name))),
  );
  if (found !== undefined) return found;
  throw new Error(
    `PostgreSQL is not installed: neither PATH nor ${DEBIAN_FOLDER} has initdb and postgres. ` +
      "Install it, on Debian with `apt-get install postgresql`, and run this again.",
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A command that does not run as root. */
function asServerUser(file: string, args: readonly string[]): [string, readonly string[]] {
  if (!isRoot()) return [file, args];
  return ["setpriv", [`--reuid=${SERVER_USER}`, `--regid=${SERVER_USER}`, "--clear-groups", file, ...args]];
}

async function mustRun(file: string, args: readonly string[]): Promise<{ stdout: string }> {
  const result = await runProcess(file, args, { cwd: tmpdir() });
  if (result.exitCode === 0) return result;
  throw new Error(`${file} failed:\n${result.output}`);
}
