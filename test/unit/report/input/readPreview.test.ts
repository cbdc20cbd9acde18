import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readPreview } from "../../../../cli/report/input/readPreview";

const TEXT =
  '{\r\n    "steps": [],\r\n    "diagnostics": [{"message": "Zürich", "severity": "info"}]\r\n}\r\n';
const MARKED = `\ufeff${TEXT}`;

const ENCODINGS: readonly (readonly [string, Buffer])[] = [
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(MARKED)],
  ["UTF-16, as > writes it in Windows PowerShell", Buffer.from(MARKED, "utf16le")],
  ["UTF-16 in the other byte order", Buffer.from(MARKED, "utf16le").swap16()],
];

describe("a preview in", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "previews-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(ENCODINGS)("%s is read from a file", async (_, bytes) => {
    const file = join(folder, "preview.json");
    writeFileSync(file, bytes);
    expect(await readPreview(file)).toBe(TEXT);
  });
});

test("a preview in UTF-16 is read from a pipe", () => {
  const [, , [, bytes] = ["", Buffer.alloc(0)]] = ENCODINGS;
  const module = resolve(__dirname, "../../../../cli/report/input/readPreview.ts");
  const script = `require(${JSON.stringify(module)}).readPreview(undefined).then((text) => process.stdout.write(text))`;
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], { input: bytes });
  expect(stdout.toString()).toBe(TEXT);
});
