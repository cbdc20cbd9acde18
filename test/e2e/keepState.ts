import { writeFile } from "node:fs/promises";
import { issueCa } from "../emulator/certificates/issue";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import { EVERY_RESOURCE, KEPT_STATE_FILE } from "./keptState";

const IN_2099 = new Date("2099-01-01T00:00:00Z");

/**
 * Records the state with which later versions are tested: `npx tsx test/e2e/keepState.ts`. After the first release, the
 * recorded state must not be replaced.
 */
async function keepState(): Promise<void> {
  const fixture = await createFixture(
    { program: { "index.ts": EVERY_RESOURCE }, keySource: "passphrase" },
    { projects: ["proj_a"] },
  );
  try {
    // The limit of an organization is fifty certificates: makes room for one more.
    for (const id of ids(40, 60)) fixture.emulator.remove(id);
    await fixture.stack.setConfig({ pem: (await issueCa({ name: "kept", expires: IN_2099 })).pem });
    const { exitCode, output } = await fixture.stack.up();
    if (exitCode !== 0) throw new Error(output);
    const { version, deployment } = await fixture.stack.exportState();
    const resources = deployment.resources?.map(withoutOrigin);
    const kept = { version, deployment: { ...deployment, resources } };
    await writeFile(KEPT_STATE_FILE, `${JSON.stringify(kept, undefined, 2)}\n`);
  } finally {
    await fixture.dispose();
  }
}

/** Removes the properties that depend on the machine and the time. */
function withoutOrigin(resource: object): object {
  const gone = ["sourcePosition", "stackTrace", "created", "modified"];
  const entries = Object.entries(resource).filter(([key]) => !gone.includes(key));
  return Object.fromEntries(entries);
}

void keepState();
