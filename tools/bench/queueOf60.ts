import { RetryBudget } from "../../provider/api/backoff";
import { changeActivation } from "../../provider/api/certificates";
import { Client } from "../../provider/api/client";
import { ORGANIZATION } from "../../provider/api/scope";
import { resolveConnection } from "../../provider/settings/connection";
import { Settings } from "../../provider/settings/settings";
import { startEmulator } from "../../test/emulator";
import { ids } from "../../test/support/ids";
import { rejectionsIn } from "./measurement";
import type { Measurement } from "./measurement";

/** The API's rate limit of each endpoint. */
export const THROTTLE = { requests: 8, windowSeconds: 60 } as const;

const CALLS = 60;

/** Sends 60 activate calls concurrently through one client. */
export async function queueOf60(windowSeconds: number): Promise<readonly Measurement[]> {
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
      ids(1, CALLS).map((id) => changeActivation(client, ORGANIZATION, "activate", [id], newContext())),
    );
  } finally {
    await emulator.close();
  }
  const seconds = (performance.now() - started) / 1000;
  const windows = Math.ceil(CALLS / THROTTLE.requests);
  const minimumSeconds = (windows - 1) * windowSeconds;
  const completed = emulator.activeIds().length;
  const rejections = rejectionsIn(emulator.log);
  const name = `${CALLS} concurrent calls, window of ${windowSeconds} s`;
  return [
    {
      name: `${name}: completed`,
      expected: String(CALLS),
      measured: String(completed),
      passed: completed === CALLS,
    },
    {
      name: `${name}: rejections`,
      expected: `at most ${windows + 1}: the first, and one for each window`,
      measured: String(rejections),
      passed: rejections <= windows + 1,
    },
    {
      name: `${name}: time, relative to the minimum`,
      expected: "at most 1.10",
      measured: `${(seconds / minimumSeconds).toFixed(3)} (${seconds.toFixed(1)} s, ${minimumSeconds} s)`,
      passed: seconds <= minimumSeconds * 1.1,
    },
  ];
}

function newContext() {
  return { budget: new RetryBudget(600), waitsForRateLimit: true, onWait: () => undefined };
}
