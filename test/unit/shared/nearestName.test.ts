import fc from "fast-check";
import { nearestName } from "../../../provider/shared/nearestName";

const KNOWN = ["certificateIds", "exclusive", "enforcementChange", "organization", "id", "name"];

describe("the nearest name", () => {
  test.each([
    ["exclusiv", "exclusive"],
    ["Exclusive", "exclusive"],
    ["organisation", "organization"],
    ["certificate_ids", "certificateIds"],
    ["certificates", "certificateIds"],
    ["nmae", undefined],
    ["nam", "name"],
    ["od", undefined],
    ["ID", "id"],
    ["region", undefined],
    ["", undefined],
  ])("of %j is %j", (given, nearest) => {
    expect(nearestName(given, KNOWN)).toBe(nearest);
  });

  test("of a known name is that name, and a single mistake in a long one is found", () => {
    const long = fc.constantFrom("certificateIds", "exclusive", "enforcementChange", "organization");
    fc.assert(
      fc.property(long, fc.nat(), fc.stringMatching(/^[a-z]$/), (name, at, letter) => {
        const place = at % name.length;
        const edits = [
          name,
          name.slice(0, place) + name.slice(place + 1),
          name.slice(0, place) + letter + name.slice(place),
          name.slice(0, place) + letter + name.slice(place + 1),
        ];
        for (const edit of edits) expect(nearestName(edit, KNOWN)).toBe(name);
      }),
    );
  });
});
