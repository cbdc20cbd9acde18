import * as fc from "fast-check";
import type { Desired } from "../../../provider/activation/plan";
import { FAULTS } from "./fault";
import type { Fault } from "./fault";
import { EXTRA_IDS, USUAL_IDS } from "./fleet";

/** The set that a program declares. */
export interface DesiredSet extends Desired {
  /** Whether ids that the API would not activate are omitted, so that the update is not rejected for them. */
  readonly isPossible: boolean;
}

/** The faults by call position, from 0. */
export type Faults = readonly (Fault | undefined)[];

/** What programs, users of the dashboard and time do to certificates. */
export type Command =
  | { readonly kind: "up"; readonly desiredSet: DesiredSet | undefined; readonly faults: Faults }
  | { readonly kind: "refresh" | "destroy"; readonly faults: Faults }
  | {
      readonly kind: "out of band";
      readonly action: "activate" | "deactivate" | "delete" | "upload";
      readonly ids: readonly string[];
    }
  | { readonly kind: "days pass"; readonly days: number };

const someIds = fc.oneof(
  { weight: 6, arbitrary: fc.subarray([...USUAL_IDS]) },
  { weight: 2, arbitrary: fc.subarray([...USUAL_IDS], { maxLength: 3 }) },
  { weight: 2, arbitrary: fc.subarray([...USUAL_IDS, ...EXTRA_IDS]) },
);

const desiredSet: fc.Arbitrary<DesiredSet> = fc.record({
  ids: someIds.map((ids) => new Set(ids)),
  exclusive: fc.boolean(),
  enforcementChange: rarely<Desired["enforcementChange"]>("refuse", "warn"),
  isPossible: rarely(false, true),
});

/** One call fails, or two in a row: then the effect of the first cannot be listed either. */
const faults: fc.Arbitrary<Faults> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(4), fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 2 }))
      .map(([at, some]) => [...Array<undefined>(at).fill(undefined), ...some]),
  },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("up" as const),
      desiredSet: fc.option(desiredSet, { nil: undefined, freq: 3 }),
      faults,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("out of band" as const),
      action: fc.constantFrom("activate", "deactivate", "delete", "upload"),
      ids: fc.oneof(someIds, fc.subarray([...USUAL_IDS, ...EXTRA_IDS], { maxLength: 3 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("refresh" as const), faults }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("destroy" as const), faults }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("days pass" as const), days: fc.integer({ min: 1, max: 3 }) }),
  },
);

/** The certificates that are active at first, the program's first set, and the commands that follow. */
export const sequences = fc.record({
  active: someIds,
  desiredSet,
  commands: fc.array(command, { minLength: 1, maxLength: 8 }),
});

export type Sequence = typeof sequences extends fc.Arbitrary<infer T> ? T : never;

function rarely<T>(rare: T, usual: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) });
}
