import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, type LoggedCall } from "../../emulator/index";
import { killByEnvironment, withEnvironment } from "../../engine/processTree";
import { type CommandResult, type RunningCommand, type Stack } from "../../engine/stack";
import { SecretScanner } from "../faults/canary";
import { ids, type Fixture, createFixture, VALID } from "../../e2e/fixture";
import { type Interruption, type InterruptPoint } from "./plan";

/** So long does each call take that an apply of 50 ids takes more than a second. */
const LATENCY_MS = 150;

/** Active all the time, and nobody's. */
const FOREIGN = "cert_00";

const ADMIN_KEY = "sk-admin-canary0123456789";

/** Told of each call once its end is decided. */
interface Listener {
  onCall: (call: LoggedCall) => void;
}

/** A scene in which an apply is killed. */
export class InterruptionFixture {
  readonly scanner = new SecretScanner([ADMIN_KEY]);

  private constructor(
    private readonly scene: Fixture,
    private readonly listener: Listener,
  ) {}

  static async set(): Promise<InterruptionFixture> {
    const listener: Listener = { onCall: () => undefined };
    const scene = await createFixture(
      { packages: "packed", secrets: { "openai-certificates:adminKey": ADMIN_KEY } },
      {
        adminKey: ADMIN_KEY,
        latencyMs: LATENCY_MS,
        onCall: (call) => {
          listener.onCall(call);
        },
      },
    );
    const foreign = { id: FOREIGN, active: true, ...VALID };
    scene.emulator.seed([foreign, ...ids(61, 70).map((id) => ({ id, ...VALID }))]);
    return new InterruptionFixture(scene, listener);
  }

  get stack(): Stack {
    return this.scene.stack;
  }

  get emulator(): Emulator {
    return this.scene.emulator;
  }

  declare(declared: readonly string[]): Promise<void> {
    return this.scene.setIds(declared);
  }

  /** The ids that are active, besides the foreign one; undefined when that is not. */
  active(): readonly string[] | undefined {
    const active = this.emulator.activeIds();
    return active.includes(FOREIGN) ? active.filter((id) => id !== FOREIGN) : undefined;
  }

  /** Starts an apply and kills it at a moment. */
  async interrupt(kill: Interruption, { position, phase }: InterruptPoint): Promise<CommandResult> {
    const { log } = this.emulator;
    this.emulator.clearLog();
    const running = this.stack.start(["up", "--yes", "--skip-preview"]);
    let hasEnded = false;
    const result = running.result.then((ended) => {
      hasEnded = true;
      this.scanner.scan("the output of a killed up", ended.output);
      return ended;
    });
    const struck = new Promise<void>((resolve) => {
      const strikeNow = () => {
        if (!hasEnded) strikes[kill](running);
        resolve();
      };
      if (phase === "acted") {
        // Told before the answer is sent, so that a SIGKILL here loses it.
        this.listener.onCall = (call) => {
          if (log.indexOf(call) === position) strikeNow();
        };
      } else {
        void until(() => log.length > position || hasEnded).then(strikeNow);
      }
    });
    await Promise.race([struck, result.then(({ output }) => Promise.reject(new Error(output)))]);
    const ended = await result;
    this.listener.onCall = () => undefined;
    await this.quiet();
    return ended;
  }

  /** Waits until the server is done with all that it was asked: it does not know that nobody listens any more. */
  quiet(): Promise<void> {
    return until(() => this.emulator.log.every(({ status }) => status !== "none"));
  }

  /** The processes of this scene that run. */
  processes(): readonly number[] {
    return withEnvironment(this.marker);
  }

  endProcesses(): void {
    killByEnvironment(this.marker);
  }

  /** Searches all that the backend has stored for the admin key: state, history, backups, locks. */
  async searchState(): Promise<void> {
    const world = dirname(this.stack.folder);
    const backends = (await readdir(world)).filter((name) => name.startsWith("backend-"));
    for (const backend of backends) {
      const entries = await readdir(join(world, backend), { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile())) {
        this.scanner.scan(entry.name, await readFile(join(entry.parentPath, entry.name), "utf8"));
      }
    }
  }

  end(): Promise<void> {
    return this.scene.dispose();
  }

  /** A variable that all processes of this scene have, and no others. */
  private get marker(): string {
    return `HOME=${join(dirname(this.stack.folder), "home")}`;
  }
}

const strikes: Readonly<Record<Interruption, (running: RunningCommand) => void>> = {
  "^C": (running) => {
    running.interrupt();
  },
  "^C ^C": (running) => {
    running.interrupt();
    // It has ended already when it had nothing left to do: then one was enough.
    const again = () => {
      running.interrupt();
    };
    running.waitFor(/\^C received; cancelling/).then(again, () => undefined);
  },
  SIGKILL: (running) => {
    running.kill();
  },
  "SIGKILL, engine alone": ({ pid }) => {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  },
};

/** Waits for a condition, as long as it takes: whoever waits has a time limit of their own. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}
