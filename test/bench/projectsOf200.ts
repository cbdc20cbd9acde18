import { startEmulator } from "../emulator";
import { findEngine } from "../engine/findEngine";
import { createWorld } from "../engine/world";
import { callsIn } from "../kills/calls";
import { type Measure } from "./measure";

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
  const emulator = await startEmulator({ projects: PROJECTS });
  const world = await createWorld({ engine: await findEngine() });
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
    return [first, unchanged, changed];
  } finally {
    await world.dispose();
    await emulator.close();
  }
}
