import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM, VALID } from "../../../../test/e2e/fixture";
import { startEmulator } from "../../../../test/emulator";
import type { Emulator, LoggedCall } from "../../../../test/emulator";
import type { ResourceState } from "../../../../test/engine/engineOutput";
import { findEngine } from "../../../../test/engine/findEngine";
import { linkPackages } from "../../../../test/engine/packages";
import { writeProgram } from "../../../../test/engine/program";
import { createSandbox } from "../../../../test/engine/sandbox";
import type { Sandbox } from "../../../../test/engine/sandbox";
import { Stack } from "../../../../test/engine/stack";
import { ids } from "../../../../test/support/ids";

/** Active all the time, and managed by no stack. */
const UNMANAGED = "cert_00";

/** What a scenario does while the API processes a call. */
export interface CallListener {
  /** Awaited before a call is processed. */
  onReceived: (call: LoggedCall) => Promise<void>;
  /** Called before the response is sent. */
  onExecuted: (call: LoggedCall) => void;
}

/** Several runners that share the state of their stacks, and one organization. */
export interface Team {
  readonly emulator: Emulator;
  readonly listener: CallListener;
  /** A runner with its own home folder and checkout of the program. Its stack may not exist yet. */
  newRunner(stack: string, declared: readonly string[]): Promise<Stack>;
  dispose(): Promise<void>;
}

/** @param store the environment with which a runner uses the shared backend. */
export async function createTeam(store: Readonly<Record<string, string>>): Promise<Team> {
  const engine = await findEngine();
  const listener: CallListener = { onReceived: () => Promise.resolve(), onExecuted: () => undefined };
  const emulator = await startEmulator({
    holdCall: (call) => listener.onReceived(call),
    onCall: (call) => {
      listener.onExecuted(call);
    },
  });
  emulator.seed([{ id: UNMANAGED, active: true, ...VALID }, ...ids(1, 70).map((id) => ({ id, ...VALID }))]);
  const sandboxes: Sandbox[] = [];
  return {
    emulator,
    listener,
    async newRunner(stack, declared) {
      const sandbox = await createSandbox({
        engine,
        env: {
          OPENAI_BASE_URL: emulator.url,
          OPENAI_ADMIN_KEY: emulator.adminKey,
          OPENAI_RETRY_TIMEOUT_SECONDS: "0",
          ...store,
        },
      });
      sandboxes.push(sandbox);
      const folder = join(sandbox.folder, "program");
      await mkdir(folder);
      await writeProgram(folder, PROGRAM);
      await linkPackages(folder);
      const runner = await Stack.checkout(engine, folder, stack, sandbox.env);
      await declare(runner, declared);
      return runner;
    },
    async dispose() {
      for (const sandbox of sandboxes) await sandbox.dispose();
      await emulator.close();
    },
  };
}

/** Changes the ids that a runner's checkout declares. */
export function declare(runner: Stack, declared: readonly string[]): Promise<void> {
  return runner.setConfig({ ids: JSON.stringify(declared) });
}

/** The active ids except the unmanaged one; undefined when that one is inactive. */
export function activeIn({ emulator }: Team): readonly string[] | undefined {
  const active = emulator.activeIds();
  return active.includes(UNMANAGED) ? active.filter((id) => id !== UNMANAGED) : undefined;
}

/** What the shared state says of a runner's stack. */
export interface StoredActivation {
  readonly managed: readonly string[];
  readonly pendingOperations: number;
}

export async function storedActivation(runner: Stack): Promise<StoredActivation> {
  const { deployment } = await runner.exportState();
  const resource = deployment.resources?.find(isActivation);
  return {
    managed: Object.keys(resource?.outputs?.["certificateIds"] ?? {}),
    pendingOperations: deployment.pending_operations?.length ?? 0,
  };
}

function isActivation({ type }: ResourceState): boolean {
  return type.endsWith(":OrgCertificateActivation");
}
