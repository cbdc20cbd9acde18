import { fuzzDocument } from "../../../../../tools/verify/outside/fuzz/fuzzDocument";
import { parseFuzzReport } from "../../../../../tools/verify/outside/fuzz/fuzzReport";
import { readDocument } from "../../../../../tools/verify/outside/openApi";
import type { OpenApiDocument } from "../../../../../tools/verify/outside/openApi";

const FACTS = { pems: ["PEM"], kept: ["cert_a"], disposable: ["cert_b"], projects: ["proj_a"], maxIds: 10 };
const operationsOf = ({ paths }: OpenApiDocument) =>
  Object.values(paths).flatMap((each) => Object.values(each));

describe("the document for the fuzzer", () => {
  let original: OpenApiDocument;
  let document: OpenApiDocument;
  beforeAll(async () => {
    original = await readDocument();
    document = fuzzDocument(original, FACTS);
  });

  test("leaves the shapes of successful responses as they are", () => {
    const contents = (each: OpenApiDocument) =>
      operationsOf(each).map(({ responses }) => (responses["200"] as { content: unknown }).content);
    expect(contents(document)).toEqual(contents(original));
    const {
      UploadCertificateRequest: _,
      ToggleCertificatesRequest: __,
      ...rest
    } = document.components["schemas"] as Record<string, object>;
    expect(original.components["schemas"]).toMatchObject(rest);
  });

  test("has errors for every operation", () => {
    for (const { responses } of operationsOf(document))
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(["200", "400", "401", "404", "429"]));
  });

  test("names certificates that can be read and activated, and others that can be deleted", () => {
    const ids = Object.fromEntries(
      operationsOf(document).map(({ operationId, parameters }) => [
        operationId,
        parameters?.find(({ name }) => name === "certificate_id")?.schema,
      ]),
    );
    expect(ids).toMatchObject({
      getCertificate: { enum: ["cert_a"] },
      modifyCertificate: { enum: ["cert_a"] },
      deleteCertificate: { enum: ["cert_b"] },
    });
  });
});

describe("the fuzzer's report", () => {
  const REPORT = {
    complete: true,
    operations: { selected: 10, tested: 10, errored: 0 },
    test_cases: { generated: 3 },
    failures: [],
  };
  const parsed = (change: object) => parseFuzzReport(JSON.stringify({ ...REPORT, ...change }));

  test("without failures has no problems", () => {
    expect(parsed({})).toEqual({ cases: 3, operations: 10, problems: [] });
  });

  test.each<[string, object, string]>([
    ["failures", { failures: [{ title: "Server error", operations: ["GET /a"] }] }, "Server error: GET /a"],
    ["an end before the last test case", { complete: false }, "not complete"],
    [
      "operations that could not be tested",
      { operations: { selected: 10, tested: 9, errored: 1 } },
      "1 operations",
    ],
    ["no test cases", { test_cases: { generated: 0 } }, "No test case"],
  ])("with %s has a problem", (_, change, problem) => {
    expect(parsed(change).problems).toEqual([expect.stringContaining(problem)]);
  });

  test("of another form is rejected", () => {
    expect(() => parseFuzzReport("{}")).toThrow();
  });
});
