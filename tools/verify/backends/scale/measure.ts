import { join } from "node:path";
import { findEngine } from "../../../../test/engine/findEngine";
import { linkPackages } from "../../../../test/engine/packages";
import { writeFiles, writeProgram } from "../../../../test/engine/program";
import { FLEET_FOLDER, keysOf, organizationsFile } from "../../../../test/support/fleet";
import type { FleetOrganization } from "../../../../test/support/fleet";
import { createBenchSandbox } from "../../../bench/benchSandbox";
import type { Log } from "../../check";
import type { SharedBackend } from "../servers/sharedBackend";
import { CHANGED_IDS, startOrganizations } from "./organizations";
import { runRound } from "./round";
import type { Round } from "./round";

export const WORKERS = 4;

/** The three runs of the command that a team makes most often. */
export interface Scale {
  readonly stacks: number;
  readonly create: Round;
  readonly noChange: Round;
  readonly preview: Round;
  /** The active ids of each organization after the updates. */
  readonly active: readonly (readonly string[])[];
}

/** Creates a stack for each organization, updates all without a change, and previews a change of all. */
export async function measureScale(stacks: number, backend: SharedBackend, log: Log): Promise<Scale> {
  const sandbox = await createBenchSandbox(await findEngine());
  const organizations = await startOrganizations(stacks);
  const folder = join(sandbox.folder, "fleet");
  const declare = (declared: readonly FleetOrganization[]) => writeFiles(folder, organizationsFile(declared));
  try {
    await writeProgram(folder, FLEET_FOLDER);
    // Not in the folder of the program: there the language host would read the package.json of each package of the checkout.
    await linkPackages(sandbox.folder);
    await declare(organizations);
    const env = { ...sandbox.env, ...(await backend.newStore()), ...keysOf(organizations) };
    const fleet = { folder, organizations, env, workers: WORKERS };
    const run = async (name: string, args: readonly string[]) => {
      log(`${name} of ${stacks} stacks`);
      const round = await runRound(name, fleet, args);
      log(`${name} of ${stacks} stacks: ${round.seconds.toFixed(0)} s`);
      return round;
    };
    const create = await run("create", ["--yes"]);
    const noChange = await run("update without changes", ["--yes"]);
    const active = organizations.map(({ emulator }) => emulator.activeIds());
    await declare(organizations.map((organization) => ({ ...organization, certificateIds: CHANGED_IDS })));
    const preview = await run("preview of a change of all", []);
    return { stacks, create, noChange, preview, active };
  } finally {
    await sandbox.dispose();
    for (const { emulator } of organizations) await emulator.close();
  }
}
