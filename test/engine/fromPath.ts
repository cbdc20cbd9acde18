import { join } from "node:path";
import type { Attempt } from "./engine";
import { foldersOnPath, inspectFolder, isExecutable } from "./inspect";

/** The first `pulumi` on PATH, as a shell would find it; its companions may lie in other folders of PATH. */
export async function engineOnPath(path?: string): Promise<Attempt> {
  const folders = foldersOnPath(path);
  const folder = folders.find((candidate) => isExecutable(join(candidate, "pulumi")));
  return folder === undefined
    ? { reason: "there is no pulumi on PATH" }
    : inspectFolder(folder, "path", { companionFolders: folders });
}
