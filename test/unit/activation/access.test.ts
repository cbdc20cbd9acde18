import { accessCandidates, keepingAccess } from "../../../provider/activation/access";
import { activeAfterEach, activeIds, plan, planRemoval } from "../../../provider/activation/plan";
import { desire, manyIds, NOW, off, on, step } from "./given";

const NONE = new Set<string>();

describe("the certificates that may keep the provider's access", () => {
  test("are those that are active in the end, the ones that were active before first", () => {
    const steps = [step("activate", ["a", "b"]), step("deactivate", ["c"])];
    expect(accessCandidates(steps, [...on("z", "c"), ...off("a", "b")])).toEqual(["z", "a", "b"]);
  });

  test("are those that are active now when everything is deactivated in several calls", () => {
    const steps = planRemoval(new Set(manyIds(12)), on(...manyIds(12)));
    expect(accessCandidates(steps, on(...manyIds(12)))).toEqual(manyIds(12));
  });

  test("are none when nothing is sent, or when the only call ends enforcement", () => {
    expect(accessCandidates([], on("a"))).toEqual([]);
    expect(accessCandidates([step("deactivate", ["a"])], on("a"))).toEqual([]);
  });
});

describe.each([1, 10, 12, 23, 40])("steps for %i ids that keep access", (count) => {
  const ids = manyIds(count);

  test.each(ids)("have %s active after each call that leaves any active", (accepting) => {
    const others = ids.filter((id) => id !== accepting);
    const activation = plan(desire(ids), NONE, off(...ids), NOW, NONE).steps;
    const removal = planRemoval(new Set(ids), on(...ids));
    const rotation = plan(
      desire([accepting]),
      new Set(others),
      [...on(...others), ...off(accepting)],
      NOW,
      NONE,
    ).steps;
    for (const [steps, before] of [
      [activation, off(...ids)],
      [removal, on(...ids)],
      [rotation, [...on(...others), ...off(accepting)]],
    ] as const) {
      const cut = keepingAccess(steps, accepting);
      expect(
        cut.map(({ toggle, chunk, chunks, ids: { length } }) => [toggle, chunk, chunks, length]),
      ).toEqual(steps.map(({ toggle, chunk, chunks, ids: { length } }) => [toggle, chunk, chunks, length]));
      expect(cut.flatMap((each) => each.ids).toSorted()).toEqual(
        steps.flatMap((each) => each.ids).toSorted(),
      );
      const states = activeAfterEach(cut, activeIds(before));
      expect(states.every((active) => active.size === 0 || active.has(accepting))).toBe(true);
    }
  });
});
