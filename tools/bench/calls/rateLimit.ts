import { join } from "node:path";

/** The emulated rate limit of each endpoint, with a window that may be shorter than the API's. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Requests in a window that the API has been seen to accept: 7 to 10. */
export const REQUESTS_PER_WINDOW = 8;

/** The window of the API in seconds. */
const REAL_WINDOW_SECONDS = 60;

const FASTER_CLOCK = join(__dirname, "../processes/fasterClock.js");

/** The environment of a process for which a shorter window lasts as long as the real one. */
export function scaledClock(limit: RateLimit | undefined): Record<string, string> {
  const factor = REAL_WINDOW_SECONDS / (limit?.windowSeconds ?? REAL_WINDOW_SECONDS);
  if (factor === 1) return {};
  return { NODE_OPTIONS: `--require=${FASTER_CLOCK}`, BENCH_CLOCK_FACTOR: String(factor) };
}

/** The windows that must pass before the last of so many calls to one endpoint is accepted. */
export function minimumWindows(calls: number): number {
  return Math.max(0, Math.ceil(calls / REQUESTS_PER_WINDOW) - 1);
}
