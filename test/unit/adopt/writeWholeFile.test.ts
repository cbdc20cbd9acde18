import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertAbsent, writeWholeFile } from "../../../cli/adopt/writeWholeFile";

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

test("a symbolic link is kept, and the file that it leads to is replaced by force", async () => {
  await mkdir(join(folder, "shared"));
  await writeFile(join(folder, "shared/program.ts"), "old\n");
  await symlink("shared/program.ts", file);
  await expect(writeWholeFile(file, "new\n", false)).rejects.toThrow("exists");
  await writeWholeFile(file, "new\n", true);
  expect(await readlink(file)).toBe("shared/program.ts");
  expect(await readFile(join(folder, "shared/program.ts"), "utf8")).toBe("new\n");
  expect(await readdir(join(folder, "shared"))).toEqual(["program.ts"]);
});

test("a file and a symbolic link that leads nowhere exist", async () => {
  await expect(assertAbsent(file)).resolves.toBeUndefined();
  await symlink("nowhere.ts", file);
  await expect(assertAbsent(file)).rejects.toThrow(`${file} exists. Name another file`);
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
