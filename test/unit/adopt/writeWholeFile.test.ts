import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWholeFile } from "../../../cli/adopt/writeWholeFile";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "whole-"));
  file = join(folder, "index.ts");
});
afterEach(() => rm(folder, { recursive: true }));

test("a file that does not exist is written, and nothing else is left", async () => {
  await writeWholeFile(file, "new\n", false);
  expect(await readFile(file, "utf8")).toBe("new\n");
  expect(await readdir(folder)).toEqual(["index.ts"]);
});

test("a file that exists stays as it is", async () => {
  await writeFile(file, "old\n");
  await expect(writeWholeFile(file, "new\n", false)).rejects.toThrow(
    `${file} exists. Name another file, or use --force to replace it.`,
  );
  expect(await readFile(file, "utf8")).toBe("old\n");
  expect(await readdir(folder)).toEqual(["index.ts"]);
});

test("a file that exists is replaced by force", async () => {
  await writeFile(file, "old\n");
  await writeWholeFile(file, "new\n", true);
  expect(await readFile(file, "utf8")).toBe("new\n");
  expect(await readdir(folder)).toEqual(["index.ts"]);
});

test.each([true, false])(
  "a folder that does not exist is an error with its reason (force: %p)",
  async (force) => {
    const missing = join(folder, "src/index.ts");
    await expect(writeWholeFile(missing, "new\n", force)).rejects.toThrow(
      /src\/index.ts cannot be written \(ENOENT\)/,
    );
  },
);

test("a folder of that name is not replaced", async () => {
  await mkdir(file);
  await expect(writeWholeFile(file, "new\n", true)).rejects.toThrow("cannot be written (EISDIR)");
  expect(await readdir(folder)).toEqual(["index.ts"]);
});
