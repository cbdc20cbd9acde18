import { join } from "node:path";
import { startEmulator } from "../../test/emulator/index";
import type { Engine } from "../../test/engine/engine";
import { REPOSITORY } from "../../test/engine/packages";
import { createSandbox } from "../../test/engine/sandbox";
import type { Sandbox } from "../../test/engine/sandbox";
import { ids } from "../../test/support/ids";
import type { StackWithApi } from "./steps";

export const PLUGIN_FOLDER = join(REPOSITORY, "test/engine/plugin");

/** The program of a stack, and what its commands need in addition to the sandbox's environment. */
export interface Program {
  readonly program: string;
  readonly environment?: (sandbox: Sandbox) => Promise<Readonly<Record<string, string>>>;
}

/** Runs something with a stack in a sandbox, and with an API of its own. */
export async function inSandbox<T>(
  engine: Engine,
  { program, environment }: Program,
  run: (target: StackWithApi, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const sandbox = await createSandbox({ engine });
  const emulator = await startEmulator({ projects: ["proj_abc"] });
  try {
    // Dates that do not depend on the day of the test, as long as that is before 2100.
    const valid = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
    const seeded = [...ids(1, 40), "cert_abc", "cert_def"];
    emulator.seed(seeded.map((id) => ({ id, name: `name of ${id}`, ...valid })));
    const stack = await sandbox.stack({
      program,
      env: {
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
        ...(await environment?.(sandbox)),
      },
    });
    return await run({ stack, emulator }, sandbox);
  } finally {
    await sandbox.dispose();
    await emulator.close();
  }
}
