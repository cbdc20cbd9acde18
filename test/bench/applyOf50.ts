import { organization } from "../../provider";
import { startEmulator } from "../emulator";
import { ids } from "../e2e/fixture";
import { callsIn } from "../resilience/interruptions/calls";
import { type Measure, refusalsIn } from "./measure";
import { THROTTLE } from "./queueOf60";

/** Creates a resource of 50 ids against the throttle as it is. */
export async function applyOf50(): Promise<readonly Measure[]> {
  const emulator = await startEmulator({ throttle: THROTTLE });
  const settings = new Map([
    ["bench:adminKey", emulator.adminKey],
    ["bench:baseUrl", emulator.url],
  ]);
  const config = {
    get: (key: string) => settings.get(key),
    require: (key: string) => settings.get(key) ?? "",
  };
  const said = listenToConsole();
  try {
    emulator.seed(ids(1, 50).map((id) => ({ id })));
    await organization.configure({ config });
    const certificateIds = Object.fromEntries(ids(1, 50).map((id) => [id, "active"]));
    await organization.create({ connection: "bench", certificateIds });
  } finally {
    said.stop();
    await emulator.close();
  }
  const calls = callsIn(emulator.log);
  const refusals = refusalsIn(emulator.log);
  const waits = said.lines.filter((line) => line.includes("next attempt in")).length;
  return [
    {
      what: "an apply of 50 ids: calls",
      promised: "1 list, 5 activate",
      measured: calls,
      kept: calls === "1 list, 5 activate",
    },
    {
      what: "an apply of 50 ids: refusals, waits",
      promised: "0, 0",
      measured: `${refusals}, ${waits}`,
      kept: refusals === 0 && waits === 0,
    },
  ];
}

/** Keeps what the provider prints from the screen. */
function listenToConsole(): { readonly lines: readonly string[]; stop(): void } {
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
