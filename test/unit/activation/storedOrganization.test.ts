import { mayBeOtherOrganization } from "../../../provider/activation/storedOrganization";

const listed = (...ids: readonly string[]) => ids.map((id) => ({ id }));

test.each([
  ["none of the stored ids is in the list", ["a", "b"], ["c"], true],
  ["the list is empty", ["a"], [], true],
  ["one stored id is in the list", ["a", "b"], ["b", "c"], false],
  ["there are no stored ids: nothing can be lost", [], [], false],
])("%s", (_title, stored, list, expected) => {
  expect(mayBeOtherOrganization(new Set(stored), listed(...list))).toBe(expected);
});
