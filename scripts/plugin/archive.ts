import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { create } from "tar";

/** All entries have this time, so that an archive depends on its contents only. */
const TIME = new Date(0);

/** Packs files of a folder in the given order, with nothing in the archive that depends on machine, user or time. */
export async function packFolder(folder: string, files: readonly string[], archive: string): Promise<void> {
  await create({ cwd: folder, file: archive, gzip: { level: 9 }, portable: true, mtime: TIME }, [...files]);
}

export async function sha256(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
