import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PACKAGE_NAME, REPOSITORY } from "../../../test/engine/packages";

/** An installed package. */
export interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The packages that an installation of this package adds to one of `@pulumi/pulumi`: itself and its dependencies. */
export async function addedPackages(): Promise<readonly InstalledPackage[]> {
  const sdk = new Set(await closure(join(REPOSITORY, "node_modules/@pulumi/pulumi")));
  const added = (await closure(REPOSITORY)).filter((folder) => folder !== REPOSITORY && !sdk.has(folder));
  const named = added.map(async (folder) => ({ name: (await manifestOf(folder)).name, folder }));
  return [{ name: PACKAGE_NAME, folder: REPOSITORY }, ...(await Promise.all(named))];
}

/** The folders of a package and of everything that it depends on. */
async function closure(root: string): Promise<readonly string[]> {
  const folders = new Set([root]);
  for (const folder of folders) {
    const { dependencies, optionalDependencies } = await manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = findInstalled(name, folder);
      if (found !== undefined) folders.add(found);
    }
  }
  return [...folders];
}

/** Searches the folders that Node searches. */
function findInstalled(name: string, from: string): string | undefined {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
  }
  return undefined;
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The size of all files of a package in bytes, without packages that are installed inside it. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries
    .filter(({ name }) => name !== "node_modules")
    .map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sizeOf(path) : (await stat(path)).size;
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
