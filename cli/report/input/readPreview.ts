import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { decodeText } from "../../../provider/shared/decodeText";

/**
 * Reads the text of a preview, in UTF-8 or UTF-16: `>` in Windows PowerShell writes the latter.
 * @param file undefined or `-` for standard input.
 */
export async function readPreview(file: string | undefined): Promise<string> {
  const fromPipe = file === undefined || file === "-";
  return decodeText(fromPipe ? await buffer(process.stdin) : await readFile(file));
}
