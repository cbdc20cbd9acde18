import { accessCandidates, keepingAccess } from "../../../../provider/activation/guards/access";
import { activeAfterEach, activeIds, plan, planRemoval } from "../../../../provider/activation/plan";
import { chunk, desire, manyIds, NOW, off, on } from "../given";

const NONE = new Set<string>();

describe("the certificates that may keep the provider's access", () => {
  test("are those that are active in the end, the ones that were active before first", () => {
    const chunks = [chunk("activate", ["a", "b"]), chunk("deactivate", ["c"])];
    expect(accessCandidates(chunks, [...on("z", "c"), ...off("a", "b")])).toEqual(["z", "a", "b"]);
  });

  test("are sorted within each of the two groups", () => {
    const chunks = [chunk("activate", ["b", "a"])];
    expect(accessCandidates(chunks, [...on("z", "y"), ...off("b", "a")])).toEqual(["y", "z", "a", "b"]);
  });

  test("are those that are active now when everything is deactivated in several calls", () => {
    const chunks = planRemoval(new Set(manyIds(12)), on(...manyIds(12)));
    expect(accessCandidates(chunks, on(...manyIds(12)))).toEqual(manyIds(12));
  });

  test("are none when nothing is sent, or when the only call ends enforcement", () => {
    expect(accessCandidates([], on("a"))).toEqual([]);
    expect(accessCandidates([chunk("deactivate", ["a"])], on("a"))).toEqual([]);
  });
});

describe.each([1, 10, 12, 23, 40])("steps for %i ids that keep access", (count) => {
  const ids = manyIds(count);

  test.each(ids)("have %s active after each call that leaves any active", (accepting) => {
    const others = ids.filter((id) => id !== accepting);
    const activation = plan(desire(ids), NONE, off(...ids), NOW, NONE).chunks;
    const removal = planRemoval(new Set(ids), on(...ids));
    const rotation = plan(
      desire([accepting]),
      new Set(others),
      [...on(...others), ...off(accepting)],
      NOW,
      NONE,
    ).chunks;
    for (const [chunks, before] of [
      [activation, off(...ids)],
      [removal, on(...ids)],
      [rotation, [...on(...others), ...off(accepting)]],
    ] as const) {
      const cut = keepingAccess(chunks, [accepting]);
      expect(
        cut.map(({ action, number, total, ids: { length } }) => [action, number, total, length]),
      ).toEqual(chunks.map(({ action, number, total, ids: { length } }) => [action, number, total, length]));
      expect(cut.flatMap((each) => each.ids).toSorted()).toEqual(
        chunks.flatMap((each) => each.ids).toSorted(),
      );
      const states = activeAfterEach(cut, activeIds(before));
      expect(states.every((active) => active.size === 0 || active.has(accepting))).toBe(true);
    }
  });
});
