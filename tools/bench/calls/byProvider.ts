import type { Sandbox } from "../../../test/engine/sandbox";
import { connectTo } from "../benchSandbox";
import { createStack, declare, runCommand } from "../program";
import { PROVIDER } from "../subject";
import type { CallCase } from "./cases";
import { MeasuredApi } from "./measuredApi";
import type { CallCount } from "./measuredApi";
import { scaledClock } from "./rateLimit";
import type { RateLimit } from "./rateLimit";

/** Counts the calls of a command with the provider, on the real engine. */
export async function callsByProvider(
  sandbox: Sandbox,
  { before, declared, command }: CallCase,
  limit?: RateLimit,
): Promise<CallCount> {
  const stack = await createStack(sandbox, PROVIDER);
  if (before) {
    const unlimited = await MeasuredApi.start(undefined, before);
    await declare(stack, before);
    await unlimited.count((emulator) => runCommand(stack, "up", connectTo(emulator)));
  }
  await declare(stack, declared);
  const api = await MeasuredApi.start(before, declared, limit);
  return api.count((emulator) =>
    runCommand(stack, command, { ...connectTo(emulator), ...scaledClock(limit) }),
  );
}
