/** The marks at the beginning of a text that name its encoding. Source: The Unicode Standard, "Byte Order Mark (BOM)". */
const MARKS = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

/**
 * The text of a file: UTF-8, or what its byte order mark names, which is not part of the text. `>` in Windows
 * PowerShell writes UTF-16.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = MARKS.find((each) => each.bytes.every((byte, index) => bytes[index] === byte));
  return new TextDecoder(mark?.encoding).decode(bytes);
}
