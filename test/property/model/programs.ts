import * as fc from "fast-check";
import type { Desired } from "../../../provider/activation/plan";
import { FAULTS } from "./fault";
import type { Fault } from "./fault";
import { USUAL_IDS } from "./fleet";

/** A resource of a program. */
export interface Declaration {
  readonly name: string;
  readonly ids: readonly string[];
  readonly exclusive: boolean;
  /** Whether it depends on the previous resource, so that the engine checks it only after that one was updated. */
  readonly dependsOnPrevious: boolean;
  /** Whether the program registers it only after it has awaited that those before were updated. */
  readonly isLate: boolean;
  /** Its provider, which has a process of its own: from 0. */
  readonly provider: number;
}

/** The number of providers, and so of processes. */
export const PROVIDERS = 3;

/** The resources of a program in the order in which it registers them. */
export type Program = readonly Declaration[];

/** An edit of a program. Positions are modulo the number of resources. */
export type Edit =
  | {
      readonly kind: "rename" | "remove" | "split" | "toggle exclusive" | "toggle late" | "change provider";
      readonly at: number;
    }
  | { readonly kind: "merge" | "swap" | "move"; readonly at: number; readonly to: number }
  | { readonly kind: "edit" | "add"; readonly at: number; readonly ids: readonly string[] }
  | { readonly kind: "reorder" };

/** Changes out of band and edits, and the update that follows them, whose calls fail at these positions, from 0. */
export interface Change {
  /** What is activated and deactivated outside Pulumi; a refresh follows. */
  readonly outOfBand?:
    { readonly activate: readonly string[]; readonly deactivate: readonly string[] } | undefined;
  readonly edits: readonly Edit[];
  readonly faults: readonly (Fault | undefined)[];
}

const IDS = USUAL_IDS.slice(0, 14);
const position = fc.nat(5);
const someIds = fc.subarray([...IDS], { maxLength: 12 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("rename", "remove", "split", "toggle exclusive", "toggle late", "change provider"),
    at: position,
  }),
  fc.record({ kind: fc.constantFrom("merge", "swap", "move"), at: position, to: position }),
  fc.record({ kind: fc.constantFrom("edit", "add"), at: position, ids: someIds }),
  fc.constant({ kind: "reorder" } as const),
);

const change: fc.Arbitrary<Change> = fc.record({
  outOfBand: fc.option(fc.record({ activate: someIds, deactivate: someIds }), { nil: undefined, freq: 3 }),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  faults: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.option(fc.constantFrom(...FAULTS), { nil: undefined }), { maxLength: 6 }),
    },
  ),
});

const isLate = fc.oneof(
  { weight: 4, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

const declaration = fc.record({
  name: fc.constant(""),
  ids: someIds,
  exclusive: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  dependsOnPrevious: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  isLate,
  provider: fc.nat(PROVIDERS - 1),
});

/** A program, the certificates that are active before its first update, and its changes. */
export const programHistories = fc.record({
  active: fc.subarray([...IDS], { maxLength: 5 }),
  first: fc
    .array(declaration, { minLength: 1, maxLength: 3 })
    .map((program): Program => program.map((each, index) => ({ ...each, name: `r${index}` }))),
  changes: fc.array(change, { minLength: 1, maxLength: 6 }),
});

/** @param unique names that no resource has had yet. */
export function edited(program: Program, change: Edit, unique: () => string): Program {
  if (change.kind === "add") {
    const { at, ids } = change;
    const name = unique();
    const [dependsOnPrevious, isLate] = [at === 0, at === 1];
    return [...program, { name, ids, exclusive: false, dependsOnPrevious, isLate, provider: at % PROVIDERS }];
  }
  if (change.kind === "reorder") return program.toReversed();
  const at = program.length === 0 ? undefined : change.at % program.length;
  const one = at === undefined ? undefined : program[at];
  if (at === undefined || !one) return program;
  switch (change.kind) {
    case "rename":
      return program.with(at, { ...one, name: unique() });
    case "remove":
      return program.toSpliced(at, 1);
    case "edit":
      return program.with(at, { ...one, ids: change.ids });
    case "toggle exclusive":
      return program.with(at, { ...one, exclusive: !one.exclusive });
    case "toggle late":
      return program.with(at, { ...one, isLate: !one.isLate });
    case "change provider":
      return program.with(at, { ...one, provider: (one.provider + 1) % PROVIDERS });
    case "split": {
      const half = Math.floor(one.ids.length / 2);
      const other = { ...one, name: unique(), ids: one.ids.slice(half) };
      return program.toSpliced(at, 1, { ...one, ids: one.ids.slice(0, half) }, other);
    }
    case "merge":
    case "swap":
    case "move":
      return between(program, change.kind, at, change.to % program.length);
  }
}

function between(program: Program, kind: "merge" | "swap" | "move", at: number, to: number): Program {
  const [one, other] = [program[at], program[to]];
  if (!one || !other || one === other) return program;
  switch (kind) {
    case "merge":
      return program.with(to, { ...other, ids: union(other.ids, one.ids) }).toSpliced(at, 1);
    case "swap":
      return program.with(to, { ...other, ids: one.ids }).with(at, { ...one, ids: other.ids });
    case "move":
      return program
        .with(to, { ...other, ids: union(other.ids, one.ids.slice(0, 1)) })
        .with(at, { ...one, ids: one.ids.slice(1) });
  }
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])];
}

/** The desired set of a resource. */
export function desiredBy({ ids, exclusive }: Declaration): Desired {
  return { ids: new Set(ids), exclusive, enforcementChange: "warn" };
}
