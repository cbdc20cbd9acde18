import { stateOf } from "../../../provider/activation/state";
import { DAY_SECONDS, listed, NOW, off, on } from "./given";

const NONE = new Set<string>();

describe("a state", () => {
  test("holds what is the resource's own and active, with its details, and what else is active", () => {
    const certificates = [
      listed("b", true, 30),
      listed("a", true, 20),
      ...off("c"),
      listed("theirs", true, 1),
    ];
    const state = stateOf(new Set(["a", "b", "c", "gone"]), { certificates, unverified: NONE }, NONE);
    expect(state).toMatchObject({
      certificateIds: { a: "active", b: "active" },
      enforced: true,
      unmanagedActiveCertificateIds: { theirs: "active" },
      earliestExpiresAt: NOW + 20 * DAY_SECONDS,
    });
    expect(Object.keys(state.certificateIds)).toEqual(["a", "b"]);
    expect(Object.keys(state.certificates)).toEqual(["a", "b"]);
    const { id, ...details } = listed("a", true, 20);
    expect(state.certificates[id]).toEqual(details);
  });

  test("has the details sorted by id, whatever the order of the list", () => {
    for (const certificates of [on("a", "b", "c"), on("c", "b", "a")]) {
      const state = stateOf(new Set(["a", "b", "c"]), { certificates, unverified: NONE }, NONE);
      expect(Object.keys(state.certificates)).toEqual(["a", "b", "c"]);
    }
  });

  test("distinguishes what another resource declares from what is active outside the program", () => {
    const state = stateOf(
      new Set(["a"]),
      { certificates: on("theirs", "a", "shared"), unverified: NONE },
      new Set(["a", "shared", "inactive"]),
    );
    expect(state.certificateIds).toEqual({ a: "active" });
    expect(state.unmanagedActiveCertificateIds).toEqual({ shared: "declared", theirs: "active" });
  });

  test("has no earliest expiry when none of its own certificates has one", () => {
    const certificates = [listed("a", true, null), ...on("theirs")];
    expect(stateOf(new Set(["a"]), { certificates, unverified: NONE }, NONE)).not.toHaveProperty(
      "earliestExpiresAt",
    );
  });

  test("marks what is not known, and keeps it out of the details", () => {
    const known = { certificates: on("a", "theirs", "kept"), unverified: new Set(["a", "theirs"]) };
    expect(stateOf(new Set(["a", "kept"]), known, NONE)).toMatchObject({
      certificateIds: { a: "unverified", kept: "active" },
      certificates: { kept: {} },
      unmanagedActiveCertificateIds: { theirs: "unverified" },
      enforced: true,
    });
  });

  test.each([
    ["is on while anything is active, even if it is not the resource's", on("theirs"), [], true],
    ["is off when nothing is active", off("a"), [], false],
    ["is not known when all that may be active is not known", on("a"), ["a"], undefined],
  ])("shows that enforcement %s", (_, certificates, unverified, enforced) => {
    const state = stateOf(new Set(["a"]), { certificates, unverified: new Set(unverified) }, NONE);
    expect(state.enforced).toBe(enforced);
    expect("enforced" in state).toBe(enforced !== undefined);
  });
});
