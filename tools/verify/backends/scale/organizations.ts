import { VALID } from "../../../../test/e2e/fixture";
import { startEmulator } from "../../../../test/emulator";
import type { FleetOrganization } from "../../../../test/support/fleet";
import { ids } from "../../../../test/support/ids";

/** The window of the emulated rate limits, in seconds. That of the API is 60; a shorter one bounds the time of the run. */
export const WINDOW_SECONDS = 6;

/** Requests that an organization allows for each endpoint in a window: a limit of the API. */
const REQUESTS = 8;

/** One in so many organizations allows a single request, so that each of its updates has to wait. */
const SLOW_EVERY = 10;

/** Declared at first: two chunks of at most ten ids. */
export const FIRST_IDS = ids(1, 12);

/** Declared later: one to activate, one to deactivate. */
export const CHANGED_IDS = ids(2, 13);

/** Starts an API for each organization, each with its own rate limit, all in this process. */
export function startOrganizations(count: number): Promise<readonly FleetOrganization[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const requests = isSlow(index) ? 1 : REQUESTS;
      // The provider expects the API's window of 60 seconds unless the response names the time.
      const throttle = { requests, windowSeconds: WINDOW_SECONDS, retryAfter: "seconds" } as const;
      const name = `org-${String(index + 1).padStart(3, "0")}`;
      const emulator = await startEmulator({ adminKey: `sk-admin-${name}`, throttle });
      emulator.seed(ids(1, 20).map((id) => ({ id, ...VALID })));
      return { name, emulator, certificateIds: FIRST_IDS };
    }),
  );
}

/** How many of the organizations have a slow API. */
export function slowCount(count: number): number {
  return Array.from({ length: count }, (_, index) => isSlow(index)).filter((slow) => slow).length;
}

function isSlow(index: number): boolean {
  return index % SLOW_EVERY === SLOW_EVERY - 1;
}
