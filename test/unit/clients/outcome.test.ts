import { coveringIds } from "../../../provider/clients/coveringIds";
import { outcomesOf } from "../../../provider/clients/outcome";
import type { ClientChange, Outcome } from "../../../provider/clients/outcome";
import { matchUploads } from "../../../provider/clients/pendingUploads";
import type { ActiveSet } from "../../../provider/clients/standing";
import { active, UNTIL, verdicts } from "./verdicts";

/** Certificates "yes" and "also" trust the client, "no" does not, and "unread" is not known. */
const VERDICTS = verdicts({ batch: { yes: true, also: true, no: false, nor: false } });

function outcomeOf(before: ActiveSet, after: ActiveSet): Outcome {
  const [outcome] = outcomesOf(["batch"], { before, after }, VERDICTS);
  if (!outcome) throw new Error("one client has one outcome");
  return outcome;
}

describe("an update changes for a client", () => {
  test.each<[before: ActiveSet, after: ActiveSet, change: ClientChange]>([
    [active(["yes"]), active(["yes", "no"]), "keeps trust"],
    [active(["yes"]), active(["also"]), "keeps trust"],
    [active(["yes", "unread"]), active(["also", "unread"]), "keeps trust"],
    [active(["yes"]), active([]), "keeps trust"],
    [active([]), active(["yes"]), "keeps trust"],
    [active([]), active([]), "keeps trust"],
    [active(["no"]), active(["yes", "no"]), "gains trust"],
    [active(["no"]), active([]), "gains trust"],
    [active(["unread"]), active(["yes"]), "is trusted"],
    [active(["yes"]), active(["no"]), "loses trust"],
    [active(["yes", "unread"]), active(["no"]), "loses trust"],
    [active([]), active(["no"]), "loses trust"],
    [active(["no"]), active(["nor"]), "stays rejected"],
    [active(["no"]), active(["unread"]), "stays rejected"],
    [active(["unread"]), active(["no"]), "not determined"],
    [active(["yes"]), active(["unread"]), "not determined"],
    [active(["unread"]), active(["unread"]), "unaffected"],
    [active(["unread", "no"]), active(["unread", "nor"]), "unaffected"],
    [active(["unread", "yes"]), active(["unread"]), "not determined"],
    [active(["unread"], { isIncomplete: true }), active(["unread"]), "not determined"],
    [active(["unread"], { possible: new Set(["yes"]) }), active(["unread"]), "not determined"],
    [active([]), active(["unread", "no"]), "not determined"],
    // What may be active helps nobody for certain, and may help.
    [active(["yes"]), active(["no"], { possible: new Set(["also"]) }), "not determined"],
    [active(["yes"]), active(["no"], { possible: new Set(["unread"]) }), "not determined"],
    [active(["yes"]), active(["no"], { possible: new Set(["nor"]) }), "loses trust"],
    [active(["yes"]), active(["no"], { isIncomplete: true }), "not determined"],
    [active(["yes"]), active(["also"], { isIncomplete: true }), "keeps trust"],
    // Nothing is certain to be active, so it is not certain that anything is required.
    [active(["yes"]), active([], { possible: new Set(["no"]) }), "not determined"],
    [active([]), active([], { isIncomplete: true }), "not determined"],
  ])("%o to %o: %s", (before, after, change) => {
    expect(outcomeOf(before, after).change).toBe(change);
  });

  test("and why is known for each certificate", () => {
    expect(outcomeOf(active(["yes", "also", "no"]), active(["nor", "no"]))).toEqual({
      client: "batch",
      change: "loses trust",
      before: { kind: "trusted", by: ["also", "yes"], until: UNTIL },
      after: {
        kind: "rejected",
        rejections: [
          { id: "no", rejection: { reason: "another issuer" } },
          { id: "nor", rejection: { reason: "another issuer" } },
        ],
      },
    });
    const after = active(["no", "unread"], { possible: new Set(["yes"]) });
    expect(outcomeOf(active(["yes"]), after).after).toEqual({
      kind: "not determined",
      undecided: ["unread"],
      possibly: ["yes"],
    });
  });
});

describe("unknown ids stand for the pending uploads", () => {
  const uploads = [{ name: "gateway-2027", pem: "PEM" }];

  test("if there are as many of them", () => {
    expect(matchUploads(1, uploads)).toEqual({
      candidates: [{ id: "upload 1", name: "gateway-2027" }],
      contents: new Map([["upload 1", "PEM"]]),
      isIncomplete: false,
    });
    expect(matchUploads(0, [])).toMatchObject({ candidates: [], isIncomplete: false });
  });

  test("if they are linked to them, whatever else is uploaded", () => {
    const other = { name: "other", pem: "another text" };
    expect(matchUploads(1, [...uploads, other], uploads)).toEqual(matchUploads(1, uploads));
    expect(matchUploads(2, [...uploads, other], uploads)).toEqual(matchUploads(2, [...uploads, other]));
    expect(matchUploads(3, [...uploads, other], uploads)).toMatchObject({ isIncomplete: true });
  });

  test("otherwise it is not determined what they are", () => {
    expect(matchUploads(2, uploads)).toMatchObject({ candidates: [], isIncomplete: true });
    expect(matchUploads(1, [...uploads, ...uploads])).toMatchObject({ candidates: [], isIncomplete: true });
    expect(matchUploads(1, [{ name: "later", pem: undefined }])).toMatchObject({ isIncomplete: true });
    // An upload that no activation of the program uses concerns no client.
    expect(matchUploads(0, uploads)).toMatchObject({ candidates: [], isIncomplete: false });
  });
});

describe("an update of several calls locks no client out in between if the certificates come first", () => {
  const outcomes = (before: readonly string[], after: readonly string[]) =>
    outcomesOf(
      ["a", "b", "c"],
      { before: active(before), after: active(after) },
      verdicts({ a: { x: true }, b: { x: true, y: true }, c: { y: false, z: true } }),
    );

  test("that every client needs when enforcement starts", () => {
    expect(coveringIds(outcomes([], ["x", "y", "z"]))).toEqual(["x", "z"]);
  });

  test("that every client needs until enforcement ends", () => {
    expect(coveringIds(outcomes(["x", "y", "z"], []))).toEqual(["x", "z"]);
  });

  test("and none while enforcement stays, because everything is activated before anything is deactivated", () => {
    expect(coveringIds(outcomes(["x", "z"], ["x", "y", "z"]))).toEqual([]);
  });
});
