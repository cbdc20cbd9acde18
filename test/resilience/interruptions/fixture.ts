import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createFixture, VALID } from "../../e2e/fixture";
import type { Fixture } from "../../e2e/fixture";
import type { Emulator, LoggedCall } from "../../emulator/index";
import { killByEnvironment, withEnvironment } from "../../engine/processTree";
import type { CommandResult, Stack } from "../../engine/stack";
import { canaryKey } from "../../support/canary";
import { ids } from "../../support/ids";
import { SecretScanner } from "../../support/secretScanner";
import { INTERRUPTERS } from "./interrupters";
import type { Interruption, InterruptPoint } from "./plan";

/** The duration of each call, so that an update of 50 ids takes more than a second. */
const LATENCY_MS = 150;

/** Active all the time, and managed by no resource. */
const UNMANAGED = "cert_00";

const ADMIN_KEY = canaryKey("interruptions");

/** Called for each API call once its result is decided. */
interface CallListener {
  onCall: (call: LoggedCall) => void;
}

/** A stack and an emulator in which updates are interrupted. */
export class InterruptionFixture {
  readonly scanner = new SecretScanner([ADMIN_KEY]);

  private constructor(
    private readonly fixture: Fixture,
    private readonly listener: CallListener,
  ) {}

  static async create(): Promise<InterruptionFixture> {
    const listener: CallListener = { onCall: () => undefined };
    const fixture = await createFixture(
      { packages: "packed", secrets: { "openai-certificates:adminKey": ADMIN_KEY } },
      {
        adminKey: ADMIN_KEY,
        latencyMs: LATENCY_MS,
        onCall: (call) => {
          listener.onCall(call);
        },
      },
    );
    await fixture.stack.setConfig({ "openai-certificates:baseUrl": fixture.emulator.url });
    const unmanaged = { id: UNMANAGED, active: true, ...VALID };
    fixture.emulator.seed([unmanaged, ...ids(61, 70).map((id) => ({ id, ...VALID }))]);
    return new InterruptionFixture(fixture, listener);
  }

  get stack(): Stack {
    return this.fixture.stack;
  }

  get emulator(): Emulator {
    return this.fixture.emulator;
  }

  declare(declared: readonly string[]): Promise<void> {
    return this.fixture.setIds(declared);
  }

  /** The active ids except the unmanaged one; undefined when that one is inactive. */
  active(): readonly string[] | undefined {
    const active = this.emulator.activeIds();
    return active.includes(UNMANAGED) ? active.filter((id) => id !== UNMANAGED) : undefined;
  }

  /** Starts an update and interrupts it at a point. */
  async interrupt(interruption: Interruption, { position, phase }: InterruptPoint): Promise<CommandResult> {
    const { log } = this.emulator;
    this.emulator.clearLog();
    const running = this.stack.start(["up", "--yes", "--skip-preview"]);
    let hasEnded = false;
    const result = running.result.then((ended) => {
      hasEnded = true;
      this.scanner.scan("the output of an interrupted up", ended.output);
      return ended;
    });
    const interrupted = new Promise<void>((resolve) => {
      const interruptNow = () => {
        if (!hasEnded) INTERRUPTERS[interruption](running);
        resolve();
      };
      if (phase === "executed") {
        // Called before the response is sent, so that a SIGKILL here loses it.
        this.listener.onCall = (call) => {
          if (log.indexOf(call) === position) interruptNow();
        };
      } else {
        void until(() => log.length > position || hasEnded).then(interruptNow);
      }
    });
    await Promise.race([interrupted, result.then(({ output }) => Promise.reject(new Error(output)))]);
    const ended = await result;
    this.listener.onCall = () => undefined;
    await this.waitUntilIdle();
    return ended;
  }

  /** Waits until the server has processed all requests: it does not notice that the client is gone. */
  waitUntilIdle(): Promise<void> {
    return until(() => this.emulator.log.every(({ status }) => status !== "none"));
  }

  /** The running processes of this fixture. */
  processes(): readonly number[] {
    return withEnvironment(this.marker);
  }

  endProcesses(): void {
    killByEnvironment(this.marker);
  }

  /** Searches everything that the backend has stored for the admin key: state, history, backups, locks. */
  async searchState(): Promise<void> {
    const sandboxFolder = dirname(this.stack.folder);
    const backends = (await readdir(sandboxFolder)).filter((name) => name.startsWith("backend-"));
    for (const backend of backends) {
      const entries = await readdir(join(sandboxFolder, backend), { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile()))
        this.scanner.scan(entry.name, await readFile(join(entry.parentPath, entry.name), "utf8"));
    }
  }

  end(): Promise<void> {
    return this.fixture.dispose();
  }

  /** An environment variable that only the processes of this fixture have. */
  private get marker(): string {
    return `HOME=${join(dirname(this.stack.folder), "home")}`;
  }
}

/** Waits for a condition without a time limit: the caller has its own. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}
