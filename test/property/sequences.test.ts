import * as fc from "fast-check";
import { sequences } from "./model/commands";
import { FAULTS } from "./model/fault";
import { violatedProperties } from "./model/properties";
import { transitions } from "./model/sandbox";
import { unknowable } from "./model/transition";
import type { Transition } from "./model/transition";

/** For more sequences: `SEQUENCES=20000 npx jest test/property/sequences`. */
const REQUESTED_RUNS = process.env["SEQUENCES"];
const RUNS = Number(REQUESTED_RUNS ?? 1_000);

/** A sequence takes less than a millisecond; a machine may be busy. */
const TIMEOUT_MS = 10_000 + RUNS * 20;

/** The events that the sequences must cover. If one of them were rare, the test would prove little. */
const EXPECTED_EVENTS = [
  ...FAULTS,
  ...["list fails", "activate fails", "deactivate fails", "unknowable", "impossible ids", "several chunks"],
  ...["up: success", "up: partial failure", "up: failure", "refresh: success", "refresh: failure"],
  ...["destroy: success", "destroy: failure", "exclusive"],
];

function countedEvents(transition: Transition): readonly string[] {
  const { operation, ending, calls, impossible, desired } = transition;
  return [
    `${operation}: ${ending}`,
    ...(operation === "up" ? ["updates"] : []),
    ...calls.flatMap(({ what, fault }) => ["calls", ...(fault ? ["faults", fault, `${what} fails`] : [])]),
    ...(unknowable(transition).size > 0 ? ["unknowable"] : []),
    ...(impossible.size > 0 ? ["impossible ids"] : []),
    ...(desired.exclusive ? ["exclusive"] : []),
    ...(calls.filter(({ what }) => what === "activate").length > 1 ? ["several chunks"] : []),
  ];
}

test(
  "after any sequence of updates, refreshes, deletes, out-of-band changes and failures the desired certificates are active and the state is correct",
  async () => {
    const counts = new Map<string, number>();
    const count = (what: string): number => counts.get(what) ?? 0;
    const property = fc.asyncProperty(sequences, async (sequence) => {
      counts.set("sequences", count("sequences") + 1);
      for await (const transition of transitions(sequence)) {
        for (const what of countedEvents(transition)) counts.set(what, count(what) + 1);
        const names = violatedProperties(transition);
        if (names.length > 0) throw new Error(`violated: ${names.join("; ")}`);
      }
    });
    // The short run uses a fixed seed; the long one uses a new seed each time, and prints it when it fails.
    await fc.assert(property, { numRuns: RUNS, ...(REQUESTED_RUNS === undefined && { seed: 1 }) });
    const figures = ["sequences", "updates", "faults", "calls"].map((what) => `${count(what)} ${what}`);
    process.stdout.write(`${figures.join(", ")}\n`);
    expect(EXPECTED_EVENTS.filter((what) => count(what) <= RUNS / 50)).toEqual([]);
  },
  TIMEOUT_MS,
);
