import * as fc from "fast-check";
import { sequences } from "./model/commands";
import { type Transition, unknowable } from "./model/transition";
import { FAULTS } from "./model/fault";
import { broken } from "./model/properties";
import { transitions } from "./model/sandbox";

/** More of them: `SEQUENCES=20000 npx jest test/unit/activation/sequences`. */
const GIVEN = process.env["SEQUENCES"];
const RUNS = Number(GIVEN ?? 1_000);

/** A sequence takes less than a millisecond; a machine may be busy. */
const TIMEOUT_MS = 10_000 + RUNS * 20;

/** What the sequences are made to meet. Were any of it rare, they would prove little. */
const EXPECTED_EVENTS = [
  ...FAULTS,
  ...[
    "list fails",
    "activate fails",
    "deactivate fails",
    "nobody can know",
    "impossible ids",
    "several chunks",
  ],
  ...["up: whole", "up: halfway", "up: not at all", "refresh: whole", "refresh: not at all"],
  ...["destroy: whole", "destroy: not at all", "exclusive"],
];

function countedEvents(transition: Transition): readonly string[] {
  const { operation, ending, calls, impossible, desired } = transition;
  return [
    `${operation}: ${ending}`,
    ...(operation === "up" ? ["applies"] : []),
    ...calls.flatMap(({ what, fault }) => ["calls", ...(fault ? ["faults", fault, `${what} fails`] : [])]),
    ...(unknowable(transition).size > 0 ? ["nobody can know"] : []),
    ...(impossible.size > 0 ? ["impossible ids"] : []),
    ...(desired.exclusive ? ["exclusive"] : []),
    ...(calls.filter(({ what }) => what === "activate").length > 1 ? ["several chunks"] : []),
  ];
}

test(
  "any sequence of applies, refreshes, deletes, deeds by hand and failures keeps what is wanted active, and the state true",
  async () => {
    const counts = new Map<string, number>();
    const count = (what: string): number => counts.get(what) ?? 0;
    const property = fc.asyncProperty(sequences, async (sequence) => {
      counts.set("sequences", count("sequences") + 1);
      for await (const transition of transitions(sequence)) {
        for (const what of countedEvents(transition)) counts.set(what, count(what) + 1);
        const names = broken(transition);
        if (names.length > 0) throw new Error(`broken: ${names.join("; ")}`);
      }
    });
    // The short form is the same each time; the long one looks elsewhere each time, and says where when it fails.
    await fc.assert(property, { numRuns: RUNS, ...(GIVEN === undefined && { seed: 1 }) });
    const figures = ["sequences", "applies", "faults", "calls"].map((what) => `${count(what)} ${what}`);
    process.stdout.write(`${figures.join(", ")}\n`);
    expect(EXPECTED_EVENTS.filter((what) => count(what) <= RUNS / 50)).toEqual([]);
  },
  TIMEOUT_MS,
);
