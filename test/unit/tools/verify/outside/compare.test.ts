import { problemsOf, resolve } from "../../../../../tools/verify/outside/clients/compare";
import type { Outcome, Step } from "../../../../../tools/verify/outside/clients/step";
import type { LoggedCall } from "../../../../emulator/index";

const STEP: Step = { title: "list", request: { operation: "list" }, value: { data: [{ id: "cert_a" }] } };
const OUTCOME: Outcome = { value: { data: [{ id: "cert_a", name: null }], has_more: false }, bodies: [] };
const calls = (...statuses: LoggedCall["status"][]): LoggedCall[] =>
  statuses.map((status) => ({ status }) as LoggedCall);

describe("the outcome of a step", () => {
  test("may have more properties than are expected", () => {
    expect(problemsOf(STEP, OUTCOME, calls(200))).toEqual([]);
  });

  test.each<[string, Partial<Outcome>, string]>([
    [
      "another value",
      { value: { data: [{ id: "cert_b" }] } },
      'value.data[0].id is "cert_b", expected "cert_a"',
    ],
    ["no value", { value: { data: [{}] } }, 'value.data[0].id is absent, expected "cert_a"'],
    ["more entries", { value: { data: [{ id: "cert_a" }, {}] } }, "value.data is [{"],
    ["a value in place of an object", { value: [] }, "value is []"],
    ["an error", { error: { class: "NotFoundError" } }, 'failed: {"class":"NotFoundError"}'],
    ["fields that its types do not know", { typeProblems: ["unknown field colour"] }, "unknown field colour"],
  ])("must not have %s", (_, change, problem) => {
    const problems = problemsOf(STEP, { ...OUTCOME, ...change }, calls(200));
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test("must have the expected error", () => {
    const step: Step = {
      title: "get",
      request: { operation: "retrieve" },
      error: { class: "NotFoundError", status: 404 },
    };
    const error = { class: "APIError", status: 404 };
    expect(problemsOf(step, { error, bodies: [] }, calls(404))).toEqual([
      'error.class is "APIError", expected "NotFoundError"',
    ]);
    expect(problemsOf(step, { ...OUTCOME }, calls(404))).toEqual([expect.stringMatching(/^succeeded/)]);
  });

  test("must not have a property that is to be absent", () => {
    const step: Step = { ...STEP, absent: ["has_more", "active"] };
    expect(problemsOf(step, OUTCOME, calls(200))).toEqual(["value.has_more is false, expected to be absent"]);
  });

  test("must have taken the expected requests", () => {
    expect(problemsOf(STEP, OUTCOME, calls(429, 200))).toEqual(["statuses is [429,200], expected [200]"]);
    expect(problemsOf({ ...STEP, statuses: ["none", 200] }, OUTCOME, calls("none", 200))).toEqual([]);
  });
});

test("values of earlier steps replace their names, wherever they are", () => {
  const step = { id: "$a", parameters: { certificate_ids: ["$a", "cert_b"] } };
  expect(resolve(step, new Map([["a", "cert_a"]]))).toEqual({
    id: "cert_a",
    parameters: { certificate_ids: ["cert_a", "cert_b"] },
  });
});

test("the name of nothing is rejected", () => {
  expect(() => resolve({ id: "$a" }, new Map())).toThrow("No step remembers $a.");
});
