import { isBuilt } from "../../scripts/build/sources";
import { shareEngine } from "../engine/findEngine";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";

/** Installs the engine once, before any suite, which may take minutes, and builds the package if it has changed. */
export default async function globalSetup(): Promise<void> {
  await shareEngine();
  if (isBuilt()) return;
  const { exitCode, output } = await runProcess("npm", ["run", "--silent", "build"], { cwd: REPOSITORY });
  if (exitCode !== 0) throw new Error(`The package cannot be built:\n${output}`);
}
