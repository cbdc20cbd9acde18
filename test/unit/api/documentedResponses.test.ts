import {
  DOCUMENTED_RESPONSES,
  documentedResponseProblems,
} from "../../../tools/verify/outside/examples/documentedResponses";
import { operationIds } from "../../emulator/openApiSchema";

describe("the provider and the API's description agree with the example in the reference", () => {
  test.each(DOCUMENTED_RESPONSES)("of $operationId in $source", (example) => {
    expect(documentedResponseProblems(example)).toEqual([]);
  });
});

test("every operation has an example", () => {
  const documented = new Set(DOCUMENTED_RESPONSES.map(({ operationId }) => operationId));
  expect([...documented].sort()).toEqual(operationIds.toSorted());
});

test("an example without what the provider needs is a problem", () => {
  const body = { object: "list", data: [{ object: "organization.certificate" }], has_more: false };
  const example = { operationId: "listOrganizationCertificates", source: "here", body };
  expect(documentedResponseProblems(example).join("\n")).toMatch(/provider: data\.0\.id/);
});
