import { organization } from "../../provider";
import { startEmulator } from "../../test/emulator";
import { callsIn } from "../../test/resilience/interruptions/calls";
import { ids } from "../../test/support/ids";
import { rejectionsIn } from "./measurement";
import type { Measurement } from "./measurement";
import { THROTTLE } from "./queueOf60";

/** Creates a resource with 50 ids under the real rate limit. */
export async function createOf50(): Promise<readonly Measurement[]> {
  const emulator = await startEmulator({ throttle: THROTTLE });
  const settings = new Map([
    ["bench:adminKey", emulator.adminKey],
    ["bench:baseUrl", emulator.url],
  ]);
  const config = {
    get: (key: string) => settings.get(key),
    require: (key: string) => settings.get(key) ?? "",
  };
  const messages = captureConsole();
  try {
    emulator.seed(ids(1, 50).map((id) => ({ id })));
    await organization.configure({ config });
    const certificateIds = Object.fromEntries(ids(1, 50).map((id) => [id, "active"]));
    await organization.create({ connection: "bench", certificateIds });
  } finally {
    messages.stop();
    await emulator.close();
  }
  const calls = callsIn(emulator.log);
  const rejections = rejectionsIn(emulator.log);
  const waits = messages.lines.filter((line) => line.includes("next attempt in")).length;
  return [
    {
      name: "create of 50 ids: calls",
      expected: "1 list, 5 activate",
      measured: calls,
      passed: calls === "1 list, 5 activate",
    },
    {
      name: "create of 50 ids: rejections, waits",
      expected: "0, 0",
      measured: `${rejections}, ${waits}`,
      passed: rejections === 0 && waits === 0,
    },
  ];
}

/** Captures the provider's messages instead of printing them. */
function captureConsole(): { readonly lines: readonly string[]; stop(): void } {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text: unknown) => {
    lines.push(String(text));
  };
  return {
    lines,
    stop: () => {
      console.log = log;
    },
  };
}
