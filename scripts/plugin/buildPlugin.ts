import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packFolder, sha256 } from "./archive";
import { BUNDLE, bundleLauncher, bundlePlugin, LAUNCHER, ROOT } from "./bundle";
import { packageFolders, readPackage, renderNotices } from "./notices";
import { archiveName, PLATFORMS, SYSTEMS } from "./platforms";
import { wrapperFor } from "./wrappers";

export interface PluginOptions {
  /** The file that the plugin starts with. */
  readonly entry: string;
  readonly version: string;
  /** The text of this project's own license. */
  readonly license: string;
  /** Where the archives are written. It is emptied before that. */
  readonly folder: string;
}

/** Where `npm run plugin` writes. */
export const BUILD = join(ROOT, "build/plugin");
const NOTICES = "NOTICES.txt";
/** The checksums of the archives, in the form that `sha256sum --check` reads. */
export const CHECKSUMS = "SHA256SUMS";

type Files = Readonly<Record<string, string | Buffer>>;

/**
 * Bundles the plugin, and packs it for each platform. Beside the archives, the folder of each operating system holds
 * what they contain.
 * @returns the names of the archives.
 */
export async function buildPlugin(options: PluginOptions): Promise<readonly string[]> {
  const { version, folder } = options;
  const files = await commonFiles(options);
  await rm(folder, { recursive: true, force: true });
  for (const system of SYSTEMS) {
    const { name, text } = wrapperFor(system);
    await writeFiles(join(folder, system), { ...files, [name]: text });
    await chmod(join(folder, system, name), 0o755);
  }
  const checksums = [];
  for (const platform of PLATFORMS) {
    const name = archiveName(version, platform);
    const contents = [...Object.keys(files), wrapperFor(platform.system).name].sort();
    await packFolder(join(folder, platform.system), contents, join(folder, name));
    checksums.push(`${await sha256(join(folder, name))}  ${name}\n`);
  }
  await writeFile(join(folder, CHECKSUMS), checksums.join(""));
  return PLATFORMS.map((platform) => archiveName(version, platform));
}

/** The files that are the same on all platforms. */
async function commonFiles({ entry, license }: PluginOptions): Promise<Files> {
  const [plugin, launcher] = await Promise.all([bundlePlugin(entry), bundleLauncher()]);
  const packages = packageFolders(plugin.metafile).map((path) => readPackage(join(ROOT, path)));
  return {
    [BUNDLE]: plugin.code,
    [LAUNCHER]: launcher.code,
    LICENSE: license,
    [NOTICES]: renderNotices(packages, plugin.comments),
  };
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content);
    await chmod(join(folder, name), 0o644);
  }
}
