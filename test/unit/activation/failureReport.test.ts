import { failureReport } from "../../../provider/activation/failureReport";
import { ORGANIZATION } from "../../../provider/api/scope";
import { chunk, off, on } from "./given";

const NONE = new Set<string>();
const NEXT = "Run `pulumi up` again: it makes only the calls that are still needed.";
const error = new Error("POST /x: HTTP 500");

describe("the report of a failure", () => {
  test("names the chunk that failed and why, what is active, and what is missing", () => {
    const failure = { chunk: chunk("activate", ["c", "d"], 2, 3), unsent: [], error };
    const known = { certificates: [...on("b", "a", "theirs"), ...off("c", "d", "e")], unverified: NONE };
    expect(failureReport(ORGANIZATION, failure, new Set(["a", "b", "c", "d", "e"]), known)).toEqual([
      "activate, chunk 2 of 3 in the organization failed: POST /x: HTTP 500",
      "active now (2): a, b",
      "not active yet (3): c, d, e",
      NEXT,
    ]);
  });

  test("names what a failed activation activated only as active", () => {
    const failure = { chunk: chunk("activate", ["b", "c"]), unsent: [], error };
    const known = { certificates: [...on("b"), ...off("c")], unverified: NONE };
    expect(failureReport(ORGANIZATION, failure, new Set(["b", "c"]), known).slice(1, -1)).toEqual([
      "active now (1): b",
      "not active yet (1): c",
    ]);
  });

  test("names what is still active when a deactivation failed", () => {
    const failure = { chunk: chunk("deactivate", ["y", "x"]), unsent: [], error };
    const known = { certificates: on("a", "x", "y"), unverified: NONE };
    expect(failureReport({ kind: "project", projectId: "proj_abc" }, failure, new Set(["a"]), known)).toEqual(
      [
        "deactivate, chunk 1 of 1 in project proj_abc failed: POST /x: HTTP 500",
        "active now (1): a",
        "still active, to be deactivated (2): x, y",
        NEXT,
      ],
    );
  });

  test("names what the steps that were not sent leave active, too", () => {
    const unsent = [chunk("deactivate", ["x"], 1, 2), chunk("deactivate", ["y"], 2, 2)];
    const failure = { chunk: chunk("activate", ["b"]), unsent, error };
    const known = { certificates: [...on("a", "x", "y"), ...off("b")], unverified: NONE };
    const report = failureReport(ORGANIZATION, failure, new Set(["a", "b"]), known);
    expect(report.slice(2, -1)).toEqual([
      "not active yet (1): b",
      "still active, to be deactivated (2): x, y",
    ]);
  });

  test("after a failed delete, names how to continue or to keep the resource", () => {
    const failure = { chunk: chunk("deactivate", ["x"]), unsent: [], error };
    const known = { certificates: on("x"), unverified: NONE };
    expect(failureReport(ORGANIZATION, failure, undefined, known).slice(1)).toEqual([
      "still active, to be deactivated (1): x",
      expect.stringMatching(
        /^Delete the resource again.* run `pulumi refresh` before the next `pulumi up`\.$/,
      ),
    ]);
  });

  test("calls nothing still active of which the answer was lost", () => {
    const failure = { chunk: chunk("deactivate", ["x", "y"]), unsent: [], error };
    const known = { certificates: on("x", "y"), unverified: new Set(["x", "y"]) };
    const report = failureReport(ORGANIZATION, failure, new Set(), known);
    expect(report.slice(1, -1)).toEqual(["unverified, because the response was lost (2): x, y"]);
  });

  test("calls nothing active or inactive of which the answer was lost", () => {
    const failure = { chunk: chunk("activate", ["b", "c"]), unsent: [], error };
    const known = { certificates: [...on("a"), ...off("b", "c")], unverified: new Set(["b", "c"]) };
    const report = failureReport(ORGANIZATION, failure, new Set(["a", "b", "c"]), known);
    expect(report.slice(1, -1)).toEqual([
      "active now (1): a",
      "unverified, because the response was lost (2): b, c",
    ]);
  });
});
