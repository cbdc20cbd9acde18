import type { Check } from "../../check";
import { DOCUMENTED_RESPONSES, documentedResponseProblems } from "./documentedResponses";

export const EXAMPLES: Check = {
  id: "examples",
  subject: "provider: what it reads of responses",
  tool: "the examples of OpenAI's API reference",
  run: () => {
    const problems = DOCUMENTED_RESPONSES.flatMap(documentedResponseProblems);
    const operations = new Set(DOCUMENTED_RESPONSES.map(({ operationId }) => operationId)).size;
    const figures = `${DOCUMENTED_RESPONSES.length} examples of ${operations} operations`;
    return Promise.resolve({ figures, problems });
  },
};
