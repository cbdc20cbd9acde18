import type { Emulator } from "../../test/emulator";
import type { Engine } from "../../test/engine/engine";
import { createSandbox } from "../../test/engine/sandbox";
import type { Sandbox } from "../../test/engine/sandbox";

/** A sandbox without what makes the processes of tests quicker than those of users. */
export function createBenchSandbox(engine: Engine): Promise<Sandbox> {
  return createSandbox({ engine, env: { NODE_COMPILE_CACHE: "", NODE_OPTIONS: "", GOGC: "" } });
}

/** The settings by which a command reaches an emulator. */
export function connectTo({ url, adminKey }: Emulator): Record<string, string> {
  return { OPENAI_BASE_URL: url, OPENAI_ADMIN_KEY: adminKey };
}
