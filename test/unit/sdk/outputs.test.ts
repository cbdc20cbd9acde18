import fc from "fast-check";
import { byId } from "../../../provider/activation/state";
import { certificatesIn, idsIn } from "../../../sdk/outputs";

const certificate = (name: string) => ({
  name,
  active: true,
  createdAt: 1_700_000_000,
  certificateDetails: { expiresAt: 1_800_000_000 },
});

describe("the lists that a program gets", () => {
  test("hold each id of a set once, sorted", () => {
    const ids = fc.array(fc.oneof(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]*$/), fc.nat().map(String)));
    fc.assert(
      fc.property(ids, (given) => {
        expect(idsIn(byId(given, "active"))).toEqual([...new Set(given)].sort());
      }),
    );
  });

  test("hold the details of each certificate with its id, sorted by it", () => {
    const state = { "2": certificate("two"), cert_b: certificate("b"), "10": certificate("ten") };
    expect(certificatesIn(state)).toEqual([
      { id: "10", ...certificate("ten") },
      { id: "2", ...certificate("two") },
      { id: "cert_b", ...certificate("b") },
    ]);
  });

  test.each([undefined, null, {}])("are empty when the state has %p", (set) => {
    expect(idsIn(set)).toEqual([]);
    expect(certificatesIn(set)).toEqual([]);
  });
});
