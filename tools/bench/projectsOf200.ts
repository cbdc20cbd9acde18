import { join } from "node:path";
import { startEmulator } from "../../test/emulator";
import { findEngine } from "../../test/engine/findEngine";
import { createSandbox } from "../../test/engine/sandbox";
import type { Stack } from "../../test/engine/stack";
import { callsIn } from "../../test/resilience/interruptions/calls";
import { rejectionsIn } from "./measurement";
import type { Measurement } from "./measurement";
import { projectIds } from "./program";

const PROJECTS = projectIds(200);
const CHANGED = 10;

/** A program that declares one certificate in each project, and a second one in the first `changed` projects. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { ProjectCertificateActivation } from "pulumi-openai-certificates";

const changed = new pulumi.Config().requireNumber("changed");
for (let number = 1; number <= ${PROJECTS.length}; number += 1) {
  const certificateIds = number <= changed ? ["cert_a", "cert_b"] : ["cert_a"];
  new ProjectCertificateActivation(\`project \${number}\`, { projectId: \`proj_\${number}\`, certificateIds });
}
`;

/** Changes 10 of 200 projects with the real engine and counts the API calls. */
export async function projectsOf200(): Promise<readonly Measurement[]> {
  const sandbox = await createSandbox({ engine: await findEngine() });
  const stateFile = join(sandbox.folder, "emulator.json");
  const emulator = await startEmulator({ projects: PROJECTS, stateFile });
  try {
    emulator.seed(["cert_a", "cert_b"].map((id) => ({ id })));
    const stack = await sandbox.stack({
      program: { "index.ts": PROGRAM },
      config: { changed: "0" },
      env: { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey },
    });
    const countUpdate = async (name: string, expected: string): Promise<Measurement> => {
      emulator.clearLog();
      const { exitCode, output } = await stack.up();
      if (exitCode !== 0) throw new Error(output);
      const measured = callsIn(emulator.log);
      return { name, expected, measured, passed: measured === expected };
    };
    const first = await countUpdate("200 new projects: calls", "200 list, 200 activate");
    const unchanged = await countUpdate("200 unchanged projects: calls", "none");
    await stack.setConfig({ changed: String(CHANGED) });
    const changed = await countUpdate("10 of 200 projects changed: calls", "10 list, 10 activate");
    return [first, unchanged, changed, await underRateLimit(stack, stateFile)];
  } finally {
    await sandbox.dispose();
    await emulator.close();
  }
}

/** Changes ten more projects under the real rate limit of two endpoints, which reject a few calls until it is known. */
async function underRateLimit(stack: Stack, stateFile: string): Promise<Measurement> {
  const emulator = await startEmulator({ stateFile, throttle: { requests: 8 } });
  try {
    await stack.setConfig({ changed: String(2 * CHANGED) });
    const { exitCode, output, seconds } = await stack.run(["up", "--yes", "--skip-preview"], {
      OPENAI_BASE_URL: emulator.url,
    });
    if (exitCode !== 0) throw new Error(output);
    const rejections = rejectionsIn(emulator.log);
    const succeeded = callsIn(emulator.log.filter(({ status }) => status === 200));
    const calls = "10 list, 10 activate";
    return {
      name: "10 more projects, 8 calls a minute: calls, rejections",
      expected: `${calls}, at most 10 rejections`,
      measured: `${succeeded}, ${rejections} rejections, ${Math.round(seconds)} s`,
      passed: succeeded === calls && rejections <= 10,
    };
  } finally {
    await emulator.close();
  }
}
