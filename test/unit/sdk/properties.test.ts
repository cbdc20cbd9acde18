import fc from "fast-check";
import { byId } from "../../../provider/activation/state";
import { sortedIds } from "../../../sdk/properties";

describe("the list of ids that a program gets", () => {
  test("holds each id of the state once, sorted", () => {
    const ids = fc.array(fc.oneof(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]*$/), fc.nat().map(String)));
    fc.assert(
      fc.property(ids, (given) => {
        expect(sortedIds(byId(given, "active"))).toEqual([...new Set(given)].sort());
      }),
    );
  });

  test.each([undefined, null, {}])("is empty when the state has %p", (map) => {
    expect(sortedIds(map)).toEqual([]);
  });
});
