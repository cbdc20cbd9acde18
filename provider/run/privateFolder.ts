import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Maximum length of a socket's path in bytes: `sun_path` of macOS, the shortest, without its final zero. */
const MAX_PATH_BYTES = 103;

/**
 * A folder that nobody but this user can look into or write to. It is in the folder for temporary files, or in `/tmp`
 * where a socket in the former would have too long a path.
 * @param nameBytes the length of the names in it.
 * @throws Error when it cannot be created, or another user has taken its name.
 */
export function privateFolder(nameBytes: number): string {
  const user = process.getuid?.();
  // On Windows the folder for temporary files belongs to the user.
  const name = ["pulumi-openai-certificates", user].filter((part) => part !== undefined).join("-");
  const usual = join(tmpdir(), name);
  const isTooLong = user !== undefined && Buffer.byteLength(usual) + 1 + nameBytes > MAX_PATH_BYTES;
  const folder = isTooLong ? join("/tmp", name) : usual;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (user !== undefined && (uid !== user || (mode & 0o077) !== 0))
    throw new Error(`${folder} is not accessible to this user alone`);
  return folder;
}
