import { join } from "node:path";
import { startEmulator } from "../emulator";
import { findEngine } from "../engine/findEngine";
import { createSandbox } from "../engine/sandbox";
import { callsIn } from "../resilience/interruptions/calls";
import { type Stack } from "../engine/stack";
import { type Measure, refusalsIn } from "./measure";

const PROJECTS = Array.from({ length: 200 }, (_, index) => `proj_${index + 1}`);
const CHANGED = 10;

/** A program that declares one certificate in each project, and a second one in the first few of them. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { ProjectCertificateActivation } from "pulumi-openai-certificates";

const changed = new pulumi.Config().requireNumber("changed");
for (let number = 1; number <= ${PROJECTS.length}; number += 1) {
  const certificateIds = number <= changed ? ["cert_a", "cert_b"] : ["cert_a"];
  new ProjectCertificateActivation(\`project \${number}\`, { projectId: \`proj_\${number}\`, certificateIds });
}
`;

/** Changes 10 of 200 projects with the real engine, and counts the calls. */
export async function projectsOf200(): Promise<readonly Measure[]> {
  const world = await createSandbox({ engine: await findEngine() });
  const stateFile = join(world.folder, "emulator.json");
  const emulator = await startEmulator({ projects: PROJECTS, stateFile });
  try {
    emulator.seed(["cert_a", "cert_b"].map((id) => ({ id })));
    const stack = await world.stack({
      program: { "index.ts": PROGRAM },
      config: { changed: "0" },
      env: { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey },
    });
    const callsOf = async (what: string, promised: string): Promise<Measure> => {
      emulator.clearLog();
      const { exitCode, output } = await stack.up();
      if (exitCode !== 0) throw new Error(output);
      const measured = callsIn(emulator.log);
      return { what, promised, measured, kept: measured === promised };
    };
    const first = await callsOf("200 new projects: calls", "200 list, 200 activate");
    const unchanged = await callsOf("200 unchanged projects: calls", "none");
    await stack.setConfig({ changed: String(CHANGED) });
    const changed = await callsOf("10 of 200 projects changed: calls", "10 list, 10 activate");
    return [first, unchanged, changed, await throttled(stack, stateFile)];
  } finally {
    await world.dispose();
    await emulator.close();
  }
}

/** Changes ten more, with the API's real throttle: two endpoints, of which each refuses a few of the tries to learn when. */
async function throttled(stack: Stack, stateFile: string): Promise<Measure> {
  const emulator = await startEmulator({ stateFile, throttle: { requests: 8 } });
  try {
    await stack.setConfig({ changed: String(2 * CHANGED) });
    const { exitCode, output, seconds } = await stack.run(["up", "--yes", "--skip-preview"], {
      OPENAI_BASE_URL: emulator.url,
    });
    if (exitCode !== 0) throw new Error(output);
    const refused = refusalsIn(emulator.log);
    const answered = callsIn(emulator.log.filter(({ status }) => status === 200));
    const calls = "10 list, 10 activate";
    return {
      what: "10 more, throttled to 8 a minute: calls, refusals",
      promised: `${calls}, at most 10 refusals`,
      measured: `${answered}, ${refused} refusals, ${Math.round(seconds)} s`,
      kept: answered === calls && refused <= 10,
    };
  } finally {
    await emulator.close();
  }
}
