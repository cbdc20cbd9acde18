import { decodeText } from "../../../provider/shared/decodeText";

const TEXT = '{"name": "Zürich 🔑"}\r\n';

/** UTF-16 in the other byte order. */
function bigEndian(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16, as > writes it in Windows PowerShell", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
  ["UTF-16 in the other byte order", bigEndian(`\ufeff${TEXT}`)],
])("a file in %s has the same text", (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test("a file without content is empty, with and without a mark", () => {
  expect(decodeText(Buffer.alloc(0))).toBe("");
  expect(decodeText(Buffer.from("\ufeff"))).toBe("");
});
