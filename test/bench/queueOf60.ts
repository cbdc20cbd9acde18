import { RetryBudget } from "../../provider/api/retryBudget";
import { changeActivation } from "../../provider/api/certificates";
import { Client } from "../../provider/api/client";
import { ORGANIZATION } from "../../provider/api/scope";
import { resolveConnection } from "../../provider/settings/connection";
import { Settings } from "../../provider/settings/settings";
import { startEmulator } from "../emulator";
import { ids } from "../support/ids";
import { type Measure, refusalsIn } from "./measure";

/** How the API throttles each endpoint. */
export const THROTTLE = { requests: 8, windowSeconds: 60 } as const;

const CALLS = 60;

/** Sends 60 activate calls at once through one client. */
export async function queueOf60(windowSeconds: number): Promise<readonly Measure[]> {
  const emulator = await startEmulator({ throttle: { ...THROTTLE, windowSeconds } });
  const settings = new Map([
    ["bench:adminKey", emulator.adminKey],
    ["bench:baseUrl", emulator.url],
  ]);
  const connection = resolveConnection(new Settings((key) => settings.get(key), {}, "bench"));
  const client = new Client(connection, windowSeconds * 1000);
  const started = performance.now();
  try {
    emulator.seed(ids(1, CALLS).map((id) => ({ id })));
    await Promise.all(
      ids(1, CALLS).map((id) => changeActivation(client, ORGANIZATION, "activate", [id], newErrand())),
    );
  } finally {
    await emulator.close();
  }
  const seconds = (performance.now() - started) / 1000;
  const windows = Math.ceil(CALLS / THROTTLE.requests);
  const dictated = (windows - 1) * windowSeconds;
  const ended = emulator.activeIds().length;
  const refusals = refusalsIn(emulator.log);
  const name = `${CALLS} calls at once, window of ${windowSeconds} s`;
  return [
    { what: `${name}: ended`, promised: String(CALLS), measured: String(ended), kept: ended === CALLS },
    {
      what: `${name}: refusals`,
      promised: `at most ${windows + 1}: the first, and one for each window`,
      measured: String(refusals),
      kept: refusals <= windows + 1,
    },
    {
      what: `${name}: time, by what the throttle dictates`,
      promised: "at most 1.10",
      measured: `${(seconds / dictated).toFixed(3)} (${seconds.toFixed(1)} s, ${dictated} s)`,
      kept: seconds <= dictated * 1.1,
    },
  ];
}

function newErrand() {
  return { budget: new RetryBudget(600), waitsForRateLimit: true, onWait: () => undefined };
}
