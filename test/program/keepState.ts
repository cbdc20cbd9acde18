import { writeFile } from "node:fs/promises";
import packageJson from "../../package.json";
import { keptStateFile } from "./keptState";
import { ids, setScene } from "./scene";

/**
 * Keeps a state that this version writes, for all later versions to be tested with. Run once for each release:
 * `npx tsx test/program/keepState.ts`. It refuses to replace one.
 */
async function keepState(): Promise<void> {
  const scene = await setScene();
  try {
    await scene.declare(ids(1, 3));
    await scene.stack.up();
    const { version, deployment } = await scene.stack.exportState();
    const resources = deployment.resources?.map(withoutOrigin);
    const kept = { version, deployment: { ...deployment, resources } };
    const file = keptStateFile(packageJson.version);
    await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`, { flag: "wx" });
  } finally {
    await scene.end();
  }
}

/** Without what tells of the machine and the moment, and without the stack's outputs, which nothing reads. */
function withoutOrigin(resource: object): object {
  const gone = ["sourcePosition", "stackTrace", "created", "modified"];
  const entries = Object.entries(resource).filter(([key]) => !gone.includes(key));
  return Object.fromEntries(entries);
}

void keepState();
