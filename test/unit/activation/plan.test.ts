import { activeAfterEach, plan, planRemoval } from "../../../provider/activation/plan";
import { chunk, desire, listed, manyIds, NOW, off, on } from "./given";

const NONE = new Set<string>();

describe("a plan", () => {
  test("activates what is missing before it deactivates anything", () => {
    const { chunks } = plan(
      desire(["new", "kept"]),
      new Set(["old", "kept"]),
      [...off("new"), ...on("old", "kept")],
      NOW,
      NONE,
    );
    expect(chunks).toEqual([chunk("activate", ["new"]), chunk("deactivate", ["old"])]);
  });

  test.each([
    ["what is active already, whoever activated it", ["a"], [], on("a")],
    ["a leftover that is off already", [], ["a"], off("a")],
    ["a leftover that was deleted", [], ["a"], []],
    ["an active certificate that has expired", ["a"], ["a"], [listed("a", true, -1)]],
  ])("makes no call for %s", (_, ids, managed, actual) => {
    expect(plan(desire(ids), new Set(managed), actual, NOW, NONE)).toEqual({ failures: [], chunks: [] });
  });

  test("leaves what others have active, unless it is exclusive", () => {
    const actual = on("mine", "theirs");
    expect(plan(desire(["mine"]), NONE, actual, NOW, NONE).chunks).toEqual([]);
    const { chunks } = plan(desire(["mine"], { exclusive: true }), NONE, actual, NOW, NONE);
    expect(chunks).toEqual([chunk("deactivate", ["theirs"])]);
  });

  test.each([
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])("sends %i ids in as few calls as the API allows, sorted and numbered", (count, sizes) => {
    const ids = manyIds(count);
    const { chunks } = plan(desire(ids.toReversed()), NONE, off(...ids), NOW, NONE);
    expect(chunks.map((each) => each.ids.length)).toEqual(sizes);
    expect(chunks.flatMap((each) => each.ids)).toEqual(ids);
    expect(chunks.map(({ number, total }) => `${number} of ${total}`)).toEqual(
      sizes.map((_, index) => `${index + 1} of ${sizes.length}`),
    );
  });

  test("deactivates ids sorted, whatever the order of the list", () => {
    const actual = on("b", "c", "a");
    const sorted = [chunk("deactivate", ["a", "b", "c"])];
    expect(plan(desire([]), new Set(["c", "a", "b"]), actual, NOW, NONE).chunks).toEqual(sorted);
    expect(planRemoval(new Set(["c", "a", "b"]), actual)).toEqual(sorted);
  });

  test("names the ids that the API would refuse, and validates none that it need not activate", () => {
    const { failures } = plan(desire(["gone", "old"]), NONE, [listed("old", true, -1)], NOW, NONE);
    expect(failures).toMatchObject([{ id: "gone" }]);
  });

  test("of a removal deactivates what is the resource's own and still active", () => {
    const chunks = planRemoval(new Set(["a", "b", "gone"]), [...on("a", "theirs"), ...off("b")]);
    expect(chunks).toEqual([chunk("deactivate", ["a"])]);
  });

  test("determines the active ids after each of its chunks", () => {
    const chunks = [chunk("activate", ["b"]), chunk("deactivate", ["a", "c"])];
    expect(activeAfterEach(chunks, new Set(["a"]))).toEqual([new Set(["a", "b"]), new Set(["b"])]);
  });
});
