import * as fc from "fast-check";
import { ORGANIZATION } from "../../provider/api/scope";
import { summarize } from "../../provider/planSummary/summarize";
import { managedIds } from "../../provider/resource/storedActivation";
import type { StoredActivation } from "../../provider/resource/storedActivation";
import { fleet } from "./model/fleet";
import { desiredBy, edited, programHistories } from "./model/programs";
import type { Program } from "./model/programs";
import { StackOfPrograms } from "./model/stackOfPrograms";

const RUNS = 500;

test("what a preview states as certain is what the update does", async () => {
  let certain = 0;
  const property = fc.asyncProperty(
    programHistories,
    fc.boolean(),
    async ({ active, first, changes }, knowsAll) => {
      let names = 0;
      const unique = (): string => `n${(names += 1)}`;
      const model = fleet(active);
      const stack = new StackOfPrograms(model);
      let stored: ReadonlyMap<string, StoredActivation | undefined> = new Map();
      const updateAndCompare = async (program: Program): Promise<void> => {
        const declaredBefore = new Set<string>();
        const all = new Set(program.flatMap(({ ids }) => ids));
        const listed = await model.list();
        const summaries = program.map((declaration) => {
          for (const id of declaration.ids) declaredBefore.add(id);
          const state = stored.get(declaration.name);
          return summarize({
            scope: ORGANIZATION,
            desired: desiredBy(declaration),
            managed: state ? managedIds(state) : new Set(),
            listed,
            // An engine that checks everything first, or one that has checked what comes before.
            declared: knowsAll ? all : new Set(declaredBefore),
            confirmed: knowsAll ? all : new Set(declaredBefore),
            announced: new Set(),
            unknown: 0,
            unknownIds: "none",
            program: { declared: all, isComplete: knowsAll },
            isEnforcedByOrganization: false,
            expiryWarningDays: 30,
            hasClientCertificate: false,
            now: model.now,
          });
        });
        const update = await stack.up(program);
        stored = update.stored;
        if (update.failed) return;
        for (const { activate, deactivate, enforcement, isEnforcementCertain } of summaries) {
          for (const { id } of activate) expect(update.after).toContain(id);
          if (knowsAll)
            for (const { certificate } of deactivate) expect(update.after).not.toContain(certificate.id);
          if (!isEnforcementCertain) continue;
          certain += 1;
          expect({ enforcement, isOn: update.after.size > 0 }).toEqual({
            enforcement,
            isOn: enforcement === "turns on" || enforcement === "stays on",
          });
        }
      };
      let program = first;
      await updateAndCompare(program);
      for (const { edits } of changes) {
        program = edits.reduce((current, edit) => edited(current, edit, unique), program);
        await updateAndCompare(program);
      }
    },
  );
  await fc.assert(property, { numRuns: RUNS });
  expect(certain).toBeGreaterThan(RUNS);
}, 30_000);
