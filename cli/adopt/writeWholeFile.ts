import { link, lstat, realpath, rename, rm, writeFile } from "node:fs/promises";

/** @throws Error when a file exists, which must not be replaced. */
export async function assertAbsent(path: string): Promise<void> {
  if (await lstat(path).catch(() => undefined)) throw new Error(exists(path));
}

/**
 * Writes a file as a whole or not at all: whoever reads it never sees a part of it, even if the process is killed.
 * @param replaces whether to replace a file that exists. Of a symbolic link, the file that it leads to is replaced.
 * @throws Error when the file exists and must not be replaced, or when it cannot be written.
 */
export async function writeWholeFile(path: string, text: string, replaces: boolean): Promise<void> {
  const target = replaces ? await realpath(path).catch(() => path) : path;
  // In the same folder, because a file cannot be renamed or linked to another file system.
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text, { flag: "wx", flush: true });
    // Unlike a rename, a link fails if the file exists.
    await (replaces ? rename(draft, target) : link(draft, target));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const reason =
      code === "EEXIST"
        ? exists(path)
        : `${path} cannot be written (${code}). Check its folder. ` +
          "If the file system has no hard links, --force writes the file without them.";
    throw new Error(reason, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

function exists(path: string): string {
  return `${path} exists. Name another file, or use --force to replace it.`;
}
