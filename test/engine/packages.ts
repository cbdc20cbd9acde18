import { existsSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runProcess } from "./process";

export const REPOSITORY = resolve(__dirname, "../..");
export const PACKAGE_NAME = "pulumi-openai-certificates";

/**
 * Gives a program's folder a node_modules in which everything that the checkout has resolves, and the package
 * itself: the checkout's built files by a symlink, or the `packed` folder, which must then lie in the same
 * file system as a real folder, as after `npm install` of a tarball.
 */
export async function linkPackages(
  folder: string,
  packed?: (target: string) => Promise<void>,
  checkout: string = REPOSITORY,
): Promise<void> {
  const from = join(checkout, "node_modules");
  const to = join(folder, "node_modules");
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => !name.startsWith(".") && name !== PACKAGE_NAME);
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
  const own = join(to, PACKAGE_NAME);
  await (packed === undefined ? symlink(checkout, own) : packed(own));
}

/** Packs the package as it would be published, from the built files. Returns the tarball's path. */
export async function packPackage(folder: string, checkout: string = REPOSITORY): Promise<string> {
  if (!existsSync(join(checkout, "dist")))
    throw new Error(`There is no dist folder to pack in ${checkout}: run \`npm run build\` there first.`);

  await mkdir(folder, { recursive: true });
  // Without scripts: `prepare` would build into dist while other tests read from there.
  const args = ["pack", "--ignore-scripts", "--pack-destination", folder];
  const { exitCode, output } = await runProcess("npm", args, { cwd: checkout });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (exitCode !== 0 || tarball === undefined) throw new Error(`npm pack failed:\n${output}`);

  return join(folder, tarball);
}

/** Extracts a tarball of npm into a folder that becomes the package's own. */
export async function extractPackage(tarball: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const { exitCode, output } = await runProcess("tar", [
    "-xzf",
    tarball,
    "-C",
    target,
    "--strip-components=1",
  ]);
  if (exitCode !== 0) throw new Error(`tar failed:\n${output}`);
}
