import type { Check } from "../report/check";
import type { Section } from "../report/section";
import type { ScriptCallCount } from "./byScript";
import type { CallCase } from "./cases";
import type { CallCount } from "./measuredApi";
import { minimumWindows, REQUESTS_PER_WINDOW } from "./rateLimit";

/** One case, counted for each subject. */
export interface CaseCounts {
  readonly case: CallCase;
  readonly provider: CallCount;
  /** The scripts with one and with ten ids in each call. */
  readonly scripts: readonly ScriptCallCount[];
}

const HEADINGS = ["Fewest", "Provider", "Script, 1 id a call", "Script, 10 ids a call"] as const;

/** Time beyond the minimum under the rate limit: an even pace of calls, and the calls that discover the limit. */
const RATE_LIMITED_TIME = { atMost: 1.1, room: 0.05 } as const;

/** The table of API calls without a rate limit. */
export function unlimitedSection(counts: readonly CaseCounts[]): Section {
  return {
    name: "calls",
    title: "API calls without a rate limit",
    rows: [
      ["Operation", ...HEADINGS],
      ...counts.map(({ case: { name, floor, lists }, provider, scripts }) => [
        name,
        String(floor),
        lists === 0
          ? String(provider.accepted)
          : `${provider.accepted} (${lists} list${lists === 1 ? "" : "s"})`,
        ...scripts.map(({ accepted }) => String(accepted)),
      ]),
    ],
    notes: ["Counted in the log of the emulated API, once: the numbers do not vary."],
    checks: counts.map(callsCheck),
  };
}

/** The table of API calls under the rate limit. */
export function limitedSection(counts: readonly CaseCounts[], windowSeconds: number): Section {
  const minutes = ({ elapsedMs }: CallCount) => elapsedMs / 1000 / windowSeconds;
  return {
    name: "calls-rate-limited",
    title: `API calls at ${REQUESTS_PER_WINDOW} requests a minute for each endpoint`,
    rows: [
      ["Operation", ...HEADINGS],
      ...counts.map(({ case: each, provider, scripts }) => [
        each.name,
        cell(each.floor, 0, minimumWindows(each.floorOfEndpoint)),
        cell(provider.accepted, provider.rejected, minutes(provider)),
        ...scripts.map((script) =>
          script.stopped
            ? `stops after ${script.accepted}, ${script.rejected} rejected`
            : cell(script.accepted, script.rejected, minutes(script)),
        ),
      ]),
    ],
    notes: [
      "Calls that the API accepted, the minutes from the first to the last if there was a wait, and calls that it rejected",
      "with 429 if there were any. A script that stops has changed only a part.",
      windowSeconds === 60
        ? "The window is the API's, 60 seconds."
        : `The window is ${windowSeconds} seconds, and the clock of the provider and of the scripts runs ` +
          `${60 / windowSeconds} times as fast, so that it is a minute for them.`,
    ],
    checks: counts.flatMap((each) => [
      callsCheck(each),
      rejectionsCheck(each),
      ...timeChecks(each, minutes(each.provider)),
    ]),
  };
}

/** Calls, such as "6" or "400 in 25.5 min, 8 rejected". */
function cell(accepted: number, rejected: number, minutes: number): string {
  const duration = minutes < SHOWN_MINUTES ? "" : ` in ${minutes.toFixed(1)} min`;
  return `${accepted}${duration}${rejected === 0 ? "" : `, ${rejected} rejected`}`;
}

/** Less than this is the duration of the calls themselves. */
const SHOWN_MINUTES = 0.2;

function callsCheck({ case: { name, floor, lists }, provider }: CaseCounts): Check {
  return {
    name: `${name}: API calls`,
    measured: provider.accepted,
    limit: { atMost: floor + lists, room: 0 },
  };
}

/** For each endpoint one call discovers the limit, and in each window at most one more arrives too early. */
function rejectionsCheck({ case: { name, floorOfEndpoint, lists }, provider }: CaseCounts): Check {
  const windows = minimumWindows(floorOfEndpoint);
  const atMost = windows === 0 ? 0 : (windows + 1) * (lists > 1 ? 2 : 1);
  return { name: `${name}: rejected calls`, measured: provider.rejected, limit: { atMost, room: 0 } };
}

function timeChecks({ case: { name, floorOfEndpoint } }: CaseCounts, minutes: number): readonly Check[] {
  const minimum = minimumWindows(floorOfEndpoint);
  if (minimum === 0) return [];
  return [
    { name: `${name}: time, relative to the minimum`, measured: minutes / minimum, limit: RATE_LIMITED_TIME },
  ];
}
