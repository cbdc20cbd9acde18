import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assertBuilt, isBuilt, recordBuild } from "../../../scripts/build/sources";

let root: string;
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const build = (): Promise<void> => {
  write("dist/sdk/index.js", "built");
  return Promise.resolve();
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sources-"));
  for (const folder of ["cli", "provider", "sdk", "scripts/build", "scripts/schema"])
    write(`${folder}/index.ts`, folder);
  for (const file of ["package.json", "tsconfig.json", "tsconfig.build.json"]) write(file, "{}");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("dist/", () => {
  test("counts as built after a build, also when only the generated schema has changed since", async () => {
    await recordBuild(build, root);
    write("provider/plugin/schema.json", "{}");
    expect(isBuilt(root)).toBe(true);
  });

  test.each<[string, () => void]>([
    [
      "a source has changed",
      () => {
        write("provider/index.ts", "changed");
      },
    ],
    [
      "a source was added",
      () => {
        write("provider/api/client.ts", "");
      },
    ],
    [
      "a source was deleted",
      () => {
        rmSync(join(root, "cli/index.ts"));
      },
    ],
    [
      "it was deleted",
      () => {
        rmSync(join(root, "dist"), { recursive: true });
      },
    ],
  ])("is refused when %s", async (_reason, change) => {
    await recordBuild(build, root);
    change();
    expect(() => {
      assertBuilt(root);
    }).toThrow("Run `npm run build`");
  });

  test("is refused after a build that failed", async () => {
    await recordBuild(build, root);
    const failing = () => Promise.reject(new Error("no compiler"));
    await expect(recordBuild(failing, root)).rejects.toThrow("no compiler");
    expect(isBuilt(root)).toBe(false);
  });
});
