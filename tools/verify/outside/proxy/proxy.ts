import { startEmulator } from "../../../../test/emulator/index";
import type { Emulator } from "../../../../test/emulator/index";
import type { Check, Finding, Log } from "../../check";
import { NPM_TOOLS } from "../tools/npm";
import { startPrism } from "./prism";
import { startRecorder } from "./recorder";
import type { Recorder } from "./recorder";
import { liveThrough, PROJECTS } from "./stackLife";
import type { Variant } from "./stackLife";

export const PROXY: Check = {
  id: "proxy",
  subject: "provider: requests of a real engine's commands, and the emulator's responses",
  tool: `Prism ${NPM_TOOLS.versionOf("@stoplight/prism-cli")} as a validating proxy`,
  async run(log) {
    const findings: Finding[] = [];
    for (const variant of ["npm package", "plugin"] as const) findings.push(await sendThrough(variant, log));
    return {
      figures: findings.map(({ figures }) => figures).join("; "),
      problems: findings.flatMap(({ problems }) => problems),
    };
  },
};

async function sendThrough(variant: Variant, log: Log): Promise<Finding> {
  const emulator = await startEmulator({ projects: PROJECTS });
  try {
    const prism = await startPrism(emulator.url, log);
    try {
      const recorder = await startRecorder(prism.url);
      try {
        const blind = await unnoticed(recorder, emulator);
        const before = recorder.validated.length;
        emulator.clearLog();
        const failures = await liveThrough(variant, recorder.url, emulator, log);
        const validated = recorder.validated.slice(before);
        const violations = validated.flatMap(({ request, violations: found }) =>
          found === undefined ? [] : [`${variant}: ${request}: ${found}`],
        );
        const received = emulator.log.length;
        const missed =
          received === validated.length
            ? []
            : [`${validated.length} requests were validated, ${received} received.`];
        return {
          figures: `${variant}: ${validated.length} requests with their responses, ${violations.length} violations`,
          problems: [...blind, ...missed, ...violations, ...failures],
        };
      } finally {
        await recorder.close();
      }
    } finally {
      await prism.stop();
    }
  } finally {
    await emulator.close();
  }
}

/** Sends an invalid request and lets an invalid response be sent. @returns those that the proxy did not notice. */
async function unnoticed({ url, validated }: Recorder, emulator: Emulator): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${emulator.adminKey}`, "content-type": "application/json" };
  const path = "/organization/certificates";
  await fetch(`${url}${path}/activate`, {
    method: "POST",
    headers,
    body: JSON.stringify({ certificate_ids: [] }),
  });
  emulator.seed([{ id: "cert_invalid" }]);
  emulator.faults.add({ endpoint: "list", kind: "wrong-object" });
  await fetch(`${url}${path}`, { headers });
  emulator.faults.clear();
  emulator.remove("cert_invalid");
  const [request, response] = validated;
  return [
    ...(request?.violations === undefined ? ["An invalid request was not noticed."] : []),
    ...(response?.violations === undefined ? ["An invalid response was not noticed."] : []),
  ];
}
