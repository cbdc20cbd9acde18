import type { Judgement } from "../../judgement";
import { DOCUMENTED_RESPONSES, documentedResponseProblems } from "./documentedResponses";

export const EXAMPLES: Judgement = {
  id: "examples",
  subject: "provider: what it reads of responses",
  judge: "the examples of OpenAI's API reference",
  examine: () => {
    const problems = DOCUMENTED_RESPONSES.flatMap(documentedResponseProblems);
    const operations = new Set(DOCUMENTED_RESPONSES.map(({ operationId }) => operationId)).size;
    const figures = `${DOCUMENTED_RESPONSES.length} examples of ${operations} operations`;
    return Promise.resolve({ figures, problems });
  },
};
