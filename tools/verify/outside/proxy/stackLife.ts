import { pluginProgram } from "../../../../test/e2e/plugin/program";
import { issueCa } from "../../../../test/emulator/certificates/issue";
import type { Emulator } from "../../../../test/emulator/index";
import { findEngine } from "../../../../test/engine/findEngine";
import { createSandbox } from "../../../../test/engine/sandbox";
import type { Stack } from "../../../../test/engine/stack";
import { ids } from "../../../../test/support/ids";
import type { Log } from "../../check";

/** The project for which the program activates certificates, and the one whose activation is imported. */
export const PROJECTS = ["proj_a", "proj_b"] as const;

/** How a program uses the provider: through the npm package's dynamic provider, or through the plugin. */
export type Variant = "npm package" | "plugin";

const BODY = `
const config = new pulumi.Config();
const ca = new Certificate("ca", {
  certificate: readFileSync("ca.pem", "utf8"),
  name: config.require("name"),
});
const declared = config.requireObject<string[]>("ids");
new OrgCertificateActivation("organization", { certificateIds: [ca.id, ...declared] });
new ProjectCertificateActivation("project", { projectId: "${PROJECTS[0]}", certificateIds: declared });
export const found = getCertificatesOutput({});
export const one = getCertificateOutput({ name: config.require("lookup") });
`;

const PROGRAMS = {
  plugin: pluginProgram(`import { readFileSync } from "node:fs";\n${BODY}`),
  "npm package": {
    "index.ts": `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import {
  Certificate,
  getCertificateOutput,
  getCertificatesOutput,
  OrgCertificateActivation,
  ProjectCertificateActivation,
} from "pulumi-openai-certificates";
${BODY}`,
  },
} as const;

/**
 * Lets a real engine create, change, refresh, import and destroy resources.
 * @param baseUrl where the provider sends its requests, which end at the emulator.
 * @returns the commands that failed, with their output.
 */
export async function liveThrough(
  variant: Variant,
  baseUrl: string,
  emulator: Emulator,
  log: Log,
): Promise<readonly string[]> {
  const failures: string[] = [];
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map((number) => issueCa({ name: `ca ${number}` })),
  );
  if (!first || !second || !third) throw new Error("Three certificates were to be issued.");
  emulator.seed([
    ...ids(1, 25).map((id) => ({ id, name: `name of ${id}` })),
    { id: "cert_b", activeIn: [PROJECTS[1]] },
    { id: "cert_import", pem: third.pem },
  ]);
  const sandbox = await createSandbox({ engine: await findEngine() });
  try {
    const stack = await sandbox.stack({
      program: { ...PROGRAMS[variant], "ca.pem": first.pem },
      env: {
        OPENAI_BASE_URL: baseUrl,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
      },
    });
    const run = async (title: string, command: Promise<{ exitCode: number | undefined; output: string }>) => {
      log(`${variant}: ${title}`);
      const { exitCode, output } = await command;
      if (exitCode !== 0) failures.push(`${variant}, ${title}: exit code ${String(exitCode)}\n${output}`);
    };
    const set = (declared: readonly string[], name: string) =>
      stack.setConfig({ ids: JSON.stringify(declared), name, lookup: "name of cert_25" });

    // Eleven and its own certificate: two requests.
    await set(ids(1, 11), "gateway");
    await run("create", stack.up());
    await set(ids(5, 14), "gateway");
    await run("update, with activations and deactivations", stack.up());
    await set(ids(5, 14), "renamed");
    await run("rename", stack.up());
    await stack.replaceProgram({ "ca.pem": second.pem });
    await run("rotation", stack.up());
    emulator.setActive("cert_05", false);
    emulator.setActive("cert_20", true);
    await run("refresh", stack.refresh());
    await run("update after drift", stack.up());
    if (variant === "plugin")
      for (const [type, id] of IMPORTS) await run(`import of ${type}`, importAs(stack, type, id));

    await run("destroy", stack.destroy());
    const left = emulator.activeIds().filter((id) => id !== "cert_20");
    if (left.length > 0) failures.push(`${variant}: after destroy, ${left.join(", ")} are still active.`);
  } finally {
    await sandbox.dispose();
  }
  return failures;
}

const IMPORTS = [
  ["ProjectCertificateActivation", PROJECTS[1]],
  ["Certificate", "cert_import"],
] as const;

/** Without the code, which needs a newer language host than the one that the tests build. */
function importAs(stack: Stack, type: string, id: string): ReturnType<Stack["run"]> {
  const what = ["import", `openai-certificates:index:${type}`, `imported-${type}`, id];
  return stack.run([...what, "--yes", "--skip-preview", "--generate-code=false", "--protect=false"]);
}
