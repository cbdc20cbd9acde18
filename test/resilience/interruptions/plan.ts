import fc from "fast-check";
import { ids } from "../../support/ids";

/** How an update is interrupted: by Ctrl-C, once or twice, or by SIGKILL of the engine, with or without its children. */
export const INTERRUPTIONS = ["^C", "^C ^C", "SIGKILL", "SIGKILL, engine alone"] as const;

export type Interruption = (typeof INTERRUPTIONS)[number];

/** An update of 50 ids. */
export interface Change {
  readonly name: "create" | "update";
  readonly before: readonly string[];
  readonly desired: readonly string[];
  /** The API calls of the update, in order. */
  readonly calls: readonly string[];
}

export const CREATE: Change = {
  name: "create",
  before: [],
  desired: ids(1, 50),
  calls: ["list", ...numbered("activate", 5)],
};

/** Keeps 10, adds 40, removes 20. */
export const UPDATE: Change = {
  name: "update",
  before: ids(1, 30),
  desired: ids(21, 70),
  calls: ["list", ...numbered("activate", 4), ...numbered("deactivate", 2)],
};

/** Known from the server's log: a call was received and waits, or was executed and its response is not sent yet. */
export interface InterruptPoint {
  /** Position of the call in the update, from 0. */
  readonly position: number;
  readonly phase: "received" | "executed";
}

export interface Plan {
  readonly interruption: Interruption;
  readonly change: Change;
  readonly point: InterruptPoint;
  /** The first command afterwards: `pulumi refresh`, as the engine advises, or `pulumi up`. */
  readonly first: "refresh" | "up";
}

/** Plans for each interruption and change, at different interrupt points that depend on the seed. */
export function plans(each: number, seed: number): readonly Plan[] {
  const kinds = INTERRUPTIONS.flatMap((interruption) =>
    [CREATE, UPDATE].map((change) => ({ interruption, change })),
  );
  const points = kinds.map(({ interruption, change }) =>
    fc.shuffledSubarray(interruptPoints(interruption, change), { minLength: each, maxLength: each }),
  );
  const [sample = []] = fc.sample(fc.tuple(...points), { seed, numRuns: 1 });
  return kinds.flatMap((kind, row) =>
    (sample[row] ?? []).map((point, index): Plan => {
      return { ...kind, point, first: index % 2 === 0 ? "up" : "refresh" };
    }),
  );
}

/** If the engine alone is killed before it calls the provider's `create` or `update`, no process continues the update. */
function interruptPoints(interruption: Interruption, { calls }: Change): InterruptPoint[] {
  const points = calls.flatMap((_, position) =>
    (["received", "executed"] as const).map((phase): InterruptPoint => ({ position, phase })),
  );
  return interruption === "SIGKILL, engine alone" ? points.filter(({ position }) => position > 0) : points;
}

export function pointName({ change, point: { position, phase } }: Pick<Plan, "change" | "point">): string {
  return `${change.name}: ${change.calls[position] ?? ""} ${phase}`;
}

function numbered(what: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);
}
