import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "../../../test/engine/cacheFolder";
import { runProcess } from "../../../test/engine/process";
import type { Log } from "../check";

const FILES = ["package.json", "package-lock.json", ".npmrc"];

/** npm packages that only checks use, as a folder's package.json and lock file name them. The cache folder contains them. */
export class NpmTools<Name extends string> {
  private readonly folder: string;
  private installation: Promise<void> | undefined;

  /**
   * @param from the folder of package.json, package-lock.json and .npmrc.
   * @param versions the dependencies in package.json, which are exact.
   */
  constructor(
    private readonly from: string,
    private readonly versions: Readonly<Record<Name, string>>,
  ) {
    const digest = createHash("sha256");
    for (const file of FILES) digest.update(readFileSync(join(from, file)));
    this.folder = toolsFolder(`npm-${digest.digest("hex").slice(0, 16)}`);
  }

  /** The version of a package, also of one that is installed by another name. */
  versionOf(name: Name): string {
    return this.versions[name].replace(/^npm:.*@/, "");
  }

  /** A file of an installed package. */
  fileOf(name: Name, path: string): string {
    return join(this.folder, "node_modules", name, path);
  }

  /** Installs the packages unless exactly these are installed. */
  install(log: Log): Promise<void> {
    return (this.installation ??= this.installOnce(log));
  }

  private async installOnce(log: Log): Promise<void> {
    const complete = join(this.folder, "complete");
    if (existsSync(complete)) return;
    log(`installing ${join(this.from, "package.json")}`);
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    for (const file of FILES) await cp(join(this.from, file), join(this.folder, file));
    const { exitCode, output } = await runProcess("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: this.folder,
    });
    if (exitCode !== 0)
      throw new Error(`npm ci failed for ${this.from}. npm needs access to its registry.\n${output}`);

    // Only now, so that an interrupted installation is not taken for a whole one.
    await writeFile(complete, "");
  }
}
