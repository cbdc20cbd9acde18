import { createHash, randomBytes } from "node:crypto";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import type { Server } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { privateFolder } from "./privateFolder";

/** Hexadecimal digits of a socket's name: those of the run, which all its processes share, and those of one process. */
const RUN_DIGITS = 8;
const PROCESS_DIGITS = 10;
const NAME = new RegExp(`^[0-9a-f]{${RUN_DIGITS}}-[0-9a-f]{${PROCESS_DIGITS}}$`);
const NAME_BYTES = RUN_DIGITS + 1 + PROCESS_DIGITS;

/** How long, in milliseconds, another process may take to respond: one that loads code is busy for a moment. */
const RESPONSE_MS = 3_000;

/** Leftovers of other runs that one process deletes at most. */
const MAX_LEFTOVERS = 50;

/** A process that has ended leaves a socket that refuses connections; on Windows, its pipe is gone. */
const HAS_ENDED: ReadonlySet<string | undefined> = new Set(["ECONNREFUSED", "ENOENT"]);

/**
 * The provider processes of one run of the engine. Each listens on a socket, a named pipe on Windows, and sends a text
 * to whoever connects. The operating system closes it with the process, so a process that has ended says nothing more.
 */
export class Peers {
  /** The other processes that did not respond in time. They are not called again. */
  private readonly silent = new Set<string>();
  private readonly removeEntry = (): void => {
    this.server.close();
    rmSync(join(this.folder, this.name), { force: true });
  };

  private constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly server: Server,
  ) {}

  /**
   * Joins a run.
   * @param engineAddress the address of the engine, which is the same for all processes of one run.
   * @param say the text for the others, at the moment when one of them connects.
   * @throws Error when the sockets cannot be used.
   */
  static async join(engineAddress: string, say: () => string): Promise<Peers> {
    const folder = privateFolder(NAME_BYTES);
    const run = createHash("sha256").update(engineAddress).digest("hex").slice(0, RUN_DIGITS);
    const name = `${run}-${randomBytes(PROCESS_DIGITS / 2).toString("hex")}`;
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy()).end(say());
    }).unref();
    await publish(server, folder, name);
    const peers = new Peers(folder, name, server);
    process.once("exit", peers.removeEntry);
    peers.deleteLeftovers();
    return peers;
  }

  leave(): void {
    process.off("exit", this.removeEntry);
    this.removeEntry();
  }

  /**
   * What the other processes of the run say now.
   * @param onSilence is called for each process that does not respond in time.
   */
  async listen(signal: AbortSignal, onSilence: () => void): Promise<readonly string[]> {
    const run = this.name.slice(0, RUN_DIGITS + 1);
    const others = entriesOf(this.folder).filter(
      (name) => name.startsWith(run) && name !== this.name && !this.silent.has(name),
    );
    const texts = await Promise.all(
      others.map(async (name) => {
        const response = await read(this.folder, name, signal);
        if (response !== "silent") return response.text;
        if (signal.aborted) return [];
        this.silent.add(name);
        onSilence();
        return [];
      }),
    );
    return texts.flat();
  }

  /** Deletes what processes of other runs left behind that were killed. */
  private deleteLeftovers(): void {
    const run = this.name.slice(0, RUN_DIGITS);
    const names = entriesOf(this.folder).filter((name) => !name.startsWith(run));
    const { signal } = new AbortController();
    for (const name of names.slice(0, MAX_LEFTOVERS)) void read(this.folder, name, signal);
  }
}

/** A socket gets the name that others look for only when it accepts connections, so none of them takes it for a leftover. */
async function publish(server: Server, folder: string, name: string): Promise<void> {
  const entry = join(folder, name);
  const isPipe = process.platform === "win32";
  const unpublished = isPipe ? addressOf(folder, name) : join(folder, name.replace("-", "."));
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.on("error", reject).listen(unpublished, () => {
    resolve(undefined);
  });
  await promise;
  if (isPipe) writeFileSync(entry, "");
  else renameSync(unpublished, entry);
}

/** Where the process listens. On Windows, the entry in the folder is an empty file, which only this user could write. */
function addressOf(folder: string, name: string): string {
  return process.platform === "win32"
    ? `\\\\.\\pipe\\pulumi-openai-certificates-${name}`
    : join(folder, name);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name));
  } catch {
    return [];
  }
}

/** What one process says. Nothing when it has ended: then its entry is deleted. */
async function read(
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<"silent" | { readonly text: readonly string[] }> {
  const socket = createConnection({ path: addressOf(folder, name) }).unref();
  const end = (): void => {
    socket.destroy(new Error("no response"));
  };
  const timer = setTimeout(end, RESPONSE_MS).unref();
  signal.addEventListener("abort", end);
  try {
    return { text: [await text(socket)] };
  } catch (error) {
    if (error instanceof Error && error.message === "no response") return "silent";
    if (HAS_ENDED.has((error as NodeJS.ErrnoException).code)) deleteEntry(join(folder, name));
    return { text: [] };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

function deleteEntry(entry: string): void {
  try {
    rmSync(entry, { force: true });
  } catch {
    // A folder that somebody put there: it disturbs nobody.
  }
}
