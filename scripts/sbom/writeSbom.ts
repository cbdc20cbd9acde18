import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { productionLock, productionManifest } from "./productionLock";
import type { Lock, LockedPackage } from "./productionLock";

const REPOSITORY = resolve(__dirname, "../..");

/** Where the software bill of materials is written. */
const SBOM_FOLDER = join(REPOSITORY, "build/sbom");

const NPM_SBOM = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];

/**
 * Writes the software bill of materials of the npm package, in the format CycloneDX. It needs no network.
 * @returns the path of the file.
 */
export async function writeSbom(folder: string = SBOM_FOLDER): Promise<string> {
  const manifest = (await read("package.json")) as LockedPackage & Record<"name" | "version", string>;
  const lock = (await read("package-lock.json")) as Lock;
  const temporary = await mkdtemp(join(tmpdir(), "sbom-"));
  try {
    // npm names the component after the folder.
    const project = join(temporary, manifest.name);
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify(productionManifest(manifest)));
    await writeFile(join(project, "package-lock.json"), JSON.stringify(productionLock(lock)));
    const { stdout } = await promisify(execFile)("npm", NPM_SBOM, { cwd: project });
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${manifest.name}-${manifest.version}.cdx.json`);
    await writeFile(file, stdout);
    return file;
  } finally {
    await rm(temporary, { recursive: true });
  }
}

async function read(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(REPOSITORY, name), "utf8"));
}
