import * as fc from "fast-check";
import { idsIn, NAMES, StackOfOrganizations } from "./model/stackOfOrganizations";
import type { Name, Settings } from "./model/stackOfOrganizations";

/** For more sequences: `SEQUENCES=20000 npx jest test/property/organizations`. */
const REQUESTED_RUNS = process.env["SEQUENCES"];
const RUNS = Number(REQUESTED_RUNS ?? 1_000);
const TIMEOUT_MS = 10_000 + RUNS * 20;

const settings: fc.Arbitrary<Settings> = fc.record({
  name: fc.constantFrom(...NAMES),
  isAtVendor: fc.boolean(),
  hasOrganization: fc.boolean(),
});

const command = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant("up" as const) },
    { weight: 2, arbitrary: fc.constantFrom("refresh" as const, "destroy" as const, "drift" as const) },
  ),
  settings,
  /** Whether the engine sees the settings: it does not see those of the environment. */
  isVisible: fc.boolean(),
  ids: fc.subarray([0, 1, 2]),
});

const others = (name: Name): Name => (name === "eu" ? "us" : "eu");

test(
  "exactly the declared ids are active in the organization that was meant, and nothing that no state knows, whatever changes of provider, connection, key and base URL",
  async () => {
    const counts = { moves: 0, rejections: 0, unseen: 0 };
    const property = fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 8 }), async (commands) => {
      const stack = new StackOfOrganizations();
      /** The organization in which the state's certificates are. */
      let home: Name | undefined;
      for (const { kind, settings: given, isVisible, ids } of commands) {
        const { name } = given;
        const [active, managed] = [stack.active, stack.managed];
        if (kind === "drift") {
          stack.models[name].changeOutOfBand("deactivate", idsIn(name));
          continue;
        }
        const declared = ids.flatMap((index) => idsIn(name)[index] ?? []);
        const succeeded =
          kind === "up"
            ? await stack.up(declared, given, isVisible)
            : kind === "refresh"
              ? await stack.refresh(given)
              : await stack.destroy(given);

        // Nothing is active that no state knows.
        expect(stack.active.isSubsetOf(stack.managed)).toBe(true);
        if (!succeeded) {
          counts.rejections += 1;
          expect({ active: stack.active, managed: stack.managed }).toEqual({ active, managed });
          // Only another organization is a reason to fail.
          expect(name).not.toBe(home);
          continue;
        }
        if (kind === "refresh") {
          expect(stack.active).toEqual(active);
          continue;
        }
        if (kind === "destroy") {
          expect(stack.active.size).toBe(0);
          home = undefined;
          continue;
        }
        if (home !== undefined && name !== home) counts.moves += 1;
        if (!isVisible) counts.unseen += 1;
        const isUnchanged = managed.symmetricDifference(new Set(declared)).size === 0;
        // What was changed outside Pulumi is seen by a refresh.
        if (!isUnchanged) expect(stack.models[name].active).toEqual(new Set(declared));
        expect(stack.models[others(name)].active).toEqual(new Set());
        home = stack.managed.size === 0 ? undefined : name;
      }
      const end = home ?? "eu";
      expect(await stack.destroy({ name: end, isAtVendor: true, hasOrganization: false })).toBe(true);
      expect(stack.active).toEqual(new Set());
    });
    await fc.assert(property, { numRuns: RUNS, ...(REQUESTED_RUNS === undefined && { seed: 1 }) });
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(RUNS / 10);
  },
  TIMEOUT_MS,
);
