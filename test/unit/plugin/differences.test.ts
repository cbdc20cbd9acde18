import * as fc from "fast-check";
import {
  activationDifferences,
  certificateDifferences,
  listDifferences,
} from "../../../provider/plugin/differences";
import type { Differences } from "../../../provider/plugin/differences";
import { UNKNOWN } from "../../../provider/resource/resource";

/** The ids that the engine shows for a path: those of the old list, of the new one, or both. */
function shown(
  differences: Differences,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  return [...differences].flatMap(([path, kind]) => {
    const index = Number(/\[(\d+)\]$/.exec(path)?.[1]);
    const [old = "?", current = "?"] = [before[index], after[index]];
    if (kind === "UPDATE") return [old, current];
    return kind === "ADD" ? [current] : [old];
  });
}

const ids = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 30 })
  .map((numbers) => numbers.map((number) => `cert_${String(number).padStart(2, "0")}`).sort());

describe("the differences of two sets in lists", () => {
  test("show each id that leaves or comes exactly once, and no other", () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const changed = [...new Set(before).symmetricDifference(new Set(after))];
        expect(shown(listDifferences("ids", before, after), before, after).toSorted()).toEqual(
          changed.sort(),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("are one update where an id replaces another one at its position", () => {
    const differences = listDifferences("ids", ["1", "3", "4", "5"], ["2", "3", "5", "6"]);
    expect(Object.fromEntries(differences)).toEqual({
      "ids[0]": "UPDATE",
      "ids[2]": "DELETE",
      "ids[3]": "ADD",
    });
  });
});

const STATE = {
  certificateIds: ["cert_a"],
  exclusive: false,
  enforcementChange: "warn",
  expiryWarningDays: 30,
  unmanagedActiveCertificateIds: ["cert_x", "cert_y"],
  unmanagedStates: { cert_y: "declared" },
  projectId: "proj_a",
};
const INPUTS = {
  certificateIds: ["cert_a"],
  exclusive: false,
  enforcementChange: "warn",
  expiryWarningDays: 30,
  projectId: "proj_a",
};
const differencesTo = (news: object, state: object = STATE, surplus: readonly string[] = []) =>
  Object.fromEntries(activationDifferences({ ...state }, { ...INPUTS, ...news }, new Set(surplus)));

describe("the differences of an activation", () => {
  test("are none without a change", () => {
    expect(differencesTo({})).toEqual({});
  });

  test("name each argument that changes, and that a project forces replacement", () => {
    expect(differencesTo({ expiryWarningDays: 7, enforcementChange: "refuse", projectId: "proj_b" })).toEqual(
      {
        expiryWarningDays: "UPDATE",
        enforcementChange: "UPDATE",
        projectId: "UPDATE_REPLACE",
      },
    );
  });

  test("show the unmanaged ids that an exclusive set deactivates, and no others", () => {
    expect(differencesTo({ exclusive: true }, STATE, ["cert_x"])).toEqual({
      exclusive: "UPDATE",
      "unmanagedActiveCertificateIds[0]": "DELETE",
    });
  });

  test("show an id that is adopted from the unmanaged ones once", () => {
    expect(
      differencesTo({ exclusive: true, certificateIds: ["cert_a", "cert_x"] }, STATE, ["cert_x"]),
    ).toEqual({
      exclusive: "UPDATE",
      "certificateIds[1]": "ADD",
    });
  });

  test("show an unverified id once, whether it stays or leaves", () => {
    const state = { ...STATE, unverifiedCertificateIds: ["cert_b"] };
    expect(differencesTo({ certificateIds: ["cert_a", "cert_b"] }, state)).toEqual({
      "certificateIds[1]": "ADD",
    });
    expect(differencesTo({}, state)).toEqual({ "unverifiedCertificateIds[0]": "DELETE" });
  });

  test("are the whole list while an id is unknown", () => {
    expect(differencesTo({ certificateIds: UNKNOWN })).toEqual({ certificateIds: "UPDATE" });
  });

  test("are by id for a state that the dynamic resource wrote", () => {
    const state = {
      ...STATE,
      certificateIds: { cert_a: "active", cert_b: "active" },
      unmanagedStates: undefined,
    };
    expect(differencesTo({ certificateIds: ["cert_b", "cert_c"] }, state)).toEqual({
      'certificateIds["cert_a"]': "DELETE",
      'certificateIds["cert_c"]': "ADD",
    });
  });
});

describe("the differences of a certificate", () => {
  const state = { certificate: "pem", name: "gateway" };
  test.each([
    [{ certificate: "pem", name: "gateway" }, {}],
    [{ certificate: "pem" }, {}],
    [{ certificate: "pem", name: "edge" }, { name: "UPDATE" }],
    [{ certificate: "other", name: "gateway" }, { certificate: "UPDATE_REPLACE" }],
  ])("to %j are %j", (news, expected) => {
    expect(Object.fromEntries(certificateDifferences(state, news))).toEqual(expected);
  });
});
