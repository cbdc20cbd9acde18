import { VERSION } from "openai/version";
import { issueCa } from "../../../../test/emulator/certificates/issue";
import type { Check, Finding, Log } from "../../check";
import { pythonTools } from "../../tools/pythonTools";
import { REQUIREMENTS, versionOf } from "../tools/requirements";
import type { Client } from "./client";
import { nodeClient } from "./nodeClient";
import { pythonClient } from "./pythonClient";
import { runSession } from "./runSession";
import { SESSIONS } from "./sessions";

const SUBJECT = "emulator: every operation, its errors and its rate limit";

export const NODE_CLIENT: Check = {
  id: "client-node",
  subject: SUBJECT,
  tool: `openai ${VERSION} for Node, with its types`,
  run: (log) => runSessions(nodeClient(), log),
};

export const PYTHON_CLIENT: Check = {
  id: "client-python",
  subject: SUBJECT,
  tool: `openai ${versionOf("openai")} for Python, with its types`,
  run: async (log) => runSessions(pythonClient(await pythonTools(REQUIREMENTS, log)), log),
};

async function runSessions(client: Client, log: Log): Promise<Finding> {
  const texts = { pemA: (await issueCa({ name: "a" })).pem, pemB: (await issueCa({ name: "b" })).pem };
  const problems: string[] = [];
  let steps = 0;
  let requests = 0;
  try {
    for (const session of SESSIONS) {
      log(session.title);
      const result = await runSession(session, client, texts);
      steps += result.steps;
      requests += result.requests;
      problems.push(...result.problems);
    }
    problems.push(...client.typeProblems());
  } finally {
    await client.close();
  }
  return { figures: `${steps} steps, ${requests} requests, ${problems.length} disagreements`, problems };
}
