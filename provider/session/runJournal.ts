import { createHash } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";

/** The engine checks a resource. */
export interface CheckEvent {
  readonly type: "check started" | "check ended";
}

/** A resource declares ids, or ids are about to be activated or deactivated. */
export interface IdsEvent {
  readonly type: "declare" | "activate" | "deactivate";
  /** Digests of the keys by which the scope is known: two connections with one in common reach the same scope. */
  readonly scopes: readonly string[];
  readonly ids: readonly string[];
}

/** An event with the id of the process that reported it. */
export type ReportedEvent = (CheckEvent | IdsEvent) & { readonly pid: number };

const texts = v.array(v.string());
const reportedEvent = v.variant("type", [
  v.object({ type: v.picklist(["check started", "check ended"]), pid: v.number() }),
  v.object({
    type: v.picklist(["declare", "activate", "deactivate"]),
    pid: v.number(),
    scopes: texts,
    ids: texts,
  }),
]);

/** The journals of other runs are deleted from this age on, in milliseconds: no run takes that long. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

const NEWLINE = "\n".charCodeAt(0);

/**
 * A file in which the provider processes of one run of the engine report what they check and change. Explicit providers and
 * versions of the plugin have processes of their own. The file contains ids of certificates and digests, and no secret.
 */
export class RunJournal {
  private readonly file: number;
  /** How many bytes have been read. */
  private offset = 0;

  /**
   * @param engineAddress the address of the engine, which is the same for all processes of one run.
   * @throws Error when the file cannot be used.
   */
  constructor(private readonly engineAddress: string) {
    const folder = ownFolder();
    deleteOld(folder);
    const { O_APPEND, O_CREAT, O_RDWR } = constants;
    this.file = openSync(join(folder, this.digest("run")), O_APPEND | O_CREAT | O_RDWR, 0o600);
  }

  /** Identifies a text, which may be secret, within this run. */
  digest(text: string): string {
    return createHash("sha256").update(`${this.engineAddress}\n${text}`).digest("hex");
  }

  append(event: CheckEvent | IdsEvent): void {
    appendFileSync(this.file, `${JSON.stringify({ ...event, pid: process.pid })}\n`);
  }

  close(): void {
    closeSync(this.file);
  }

  /** What other processes have reported since the last call. */
  newEvents(): readonly ReportedEvent[] {
    const buffer = Buffer.alloc(fstatSync(this.file).size - this.offset);
    const length = readSync(this.file, buffer, 0, buffer.length, this.offset);
    // The last line may be incomplete: the next call reads it again.
    const complete = buffer.subarray(0, length).lastIndexOf(NEWLINE) + 1;
    this.offset += complete;
    const lines = buffer.toString("utf8", 0, complete).split("\n");
    return lines.flatMap(parseEvent).filter(({ pid }) => pid !== process.pid);
  }
}

/** @returns nothing for a line that is empty, or was written by a version with other events. */
function parseEvent(line: string): readonly ReportedEvent[] {
  try {
    const parsed = v.safeParse(reportedEvent, JSON.parse(line));
    return parsed.success ? [parsed.output] : [];
  } catch {
    return [];
  }
}

/** Whether a process of this user runs. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A folder for temporary files that nobody else can write to. @throws Error when another user has taken its name. */
function ownFolder(): string {
  const user = process.getuid?.();
  // On Windows the folder for temporary files belongs to the user.
  const folder = join(
    tmpdir(),
    ["pulumi-openai-certificates", user].filter((part) => part !== undefined).join("-"),
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (user !== undefined && (uid !== user || (mode & 0o022) !== 0))
    throw new Error(`${folder} does not belong to this user alone`);
  return folder;
}

function deleteOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > MAX_AGE_MS) rmSync(file, { force: true });
  }
}
