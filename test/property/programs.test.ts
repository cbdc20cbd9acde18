import * as fc from "fast-check";
import { fleet } from "./model/fleet";
import { edited, programHistories } from "./model/programs";
import type { Program } from "./model/programs";
import { StackOfPrograms } from "./model/stackOfPrograms";
import type { Update } from "./model/stackOfPrograms";

/** For more programs: `SEQUENCES=20000 npx jest test/property/programs`. */
const REQUESTED_RUNS = process.env["SEQUENCES"];
const RUNS = Number(REQUESTED_RUNS ?? 1_000);
const TIMEOUT_MS = 10_000 + RUNS * 20;

const NONE: ReadonlySet<string> = new Set();

const declaredBy = (program: Program): ReadonlySet<string> => new Set(program.flatMap(({ ids }) => ids));

/** The problems of an update that succeeded; none when it did what the program declares. */
function problemsOf(
  program: Program,
  { calls, before, after, managedBefore, stored }: Update,
  isRefreshed: boolean,
): readonly string[] {
  const declared = declaredBy(program);
  const isExclusive = program.some(({ exclusive }) => exclusive);
  const problems: string[] = [];
  if (!declared.isSubsetOf(after)) problems.push("a declared id is inactive");
  const released = managedBefore.difference(declared);
  if (!released.isDisjointFrom(after)) problems.push("an id that is no longer declared is still active");
  if (isExclusive && isRefreshed && !after.isSubsetOf(declared))
    problems.push("an exclusive set left another id active");
  const unmanaged = before.difference(managedBefore).difference(declared);
  if (!isExclusive && !unmanaged.isSubsetOf(after)) problems.push("an unmanaged id was deactivated");
  for (const { name, ids } of program) {
    const managedNow = Object.keys(stored.get(name)?.certificateIds ?? {});
    if (managedNow.length !== ids.length || !declared.isSupersetOf(new Set(managedNow)))
      problems.push(`the state of ${name} holds ${managedNow.join()}, not ${ids.join()}`);
  }
  const comesLater = program.some(({ dependsOnPrevious, isLate }) => dependsOnPrevious || isLate);
  const staying = before.intersection(declared);
  if (!comesLater && !calls.every((call) => staying.isSubsetOf(call.after)))
    problems.push("a declared id was inactive temporarily");

  return problems;
}

test(
  "exactly the declared ids are active however the resources of a program are renamed, split, merged and moved",
  async () => {
    let [moves, repaired] = [0, 0];
    let failures = 0;
    const property = fc.asyncProperty(programHistories, async ({ active, first, changes }) => {
      let names = 0;
      const unique = (): string => `n${(names += 1)}`;
      const model = fleet(active);
      const stack = new StackOfPrograms(model);
      let program = first;
      const updateAndCheck = async (isRefreshed = false): Promise<void> => {
        const update = await stack.up(program);
        expect({ failed: update.failed, problems: problemsOf(program, update, isRefreshed) }).toEqual({
          failed: false,
          problems: [],
        });
      };
      await updateAndCheck();
      for (const { edits, faults, outOfBand } of changes) {
        if (outOfBand) {
          model.changeOutOfBand("activate", outOfBand.activate);
          model.changeOutOfBand("deactivate", outOfBand.deactivate);
          await stack.refresh();
          await updateAndCheck(true);
          repaired += 1;
          // A refresh finds nothing else: another resource of the program is no drift.
          await stack.refresh();
          expect((await stack.up(program)).calls).toEqual([]);
        }
        const before = declaredBy(program);
        program = edits.reduce((current, edit) => edited(current, edit, unique), program);
        if (!before.isDisjointFrom(declaredBy(program))) moves += 1;
        // When two resources share ids and one depends on the other, only a refresh shows, after a failure in between,
        // that the ids are inactive. (README: "Do not manage the same ids in two resources".)
        const withoutDependencies = program.map((each) => ({
          ...each,
          dependsOnPrevious: false,
          isLate: false,
        }));
        if (faults.length > 0 && (await stack.up(withoutDependencies, faults)).failed) failures += 1;
        await updateAndCheck();
        // Another update of the same program makes no calls.
        expect((await stack.up(program)).calls).toEqual([]);
      }
      const managed = stack.managed;
      await stack.destroy();
      expect(stack.managed).toEqual(NONE);
      expect(managed).toEqual(declaredBy(program));
    });
    await fc.assert(property, { numRuns: RUNS, ...(REQUESTED_RUNS === undefined && { seed: 1 }) });
    expect(moves).toBeGreaterThan(RUNS);
    expect(failures).toBeGreaterThan(RUNS / 20);
    expect(repaired).toBeGreaterThan(RUNS / 2);
  },
  TIMEOUT_MS,
);
