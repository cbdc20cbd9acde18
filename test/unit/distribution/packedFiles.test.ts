import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";

const LIST = join(__dirname, "packedFiles.txt");
/** Milliseconds. npm takes seconds on a machine that is busy. */
const TIME_LIMIT = 60_000;
const COMPILED = [".d.ts", ".d.ts.map", ".js", ".js.map"];

/** The paths that `npm pack` would put into the package. */
async function packedFiles(): Promise<readonly string[]> {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { exitCode, stdout, output } = await runProcess("npm", args, { cwd: REPOSITORY });
  if (exitCode !== 0) throw new Error(output);
  type Packed = Readonly<Record<string, { readonly files: readonly { readonly path: string }[] }>>;
  return Object.values(JSON.parse(stdout) as Packed).flatMap(({ files }) => files.map(({ path }) => path));
}

describe("the package as npm packs it", () => {
  let packed: readonly string[];
  let sources: readonly string[];
  beforeAll(async () => {
    packed = (await packedFiles()).toSorted();
    sources = packed.filter((path) => path.endsWith(".ts") && !path.startsWith("dist/"));
  }, TIME_LIMIT);

  // After you add, move or delete a file: UPDATE_GOLDEN=1 npx jest --runTestsByPath test/unit/distribution/packedFiles.test.ts
  test("contains the sources and documents of packedFiles.txt", () => {
    const files = packed.filter((path) => !path.startsWith("dist/"));
    if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(LIST, `${files.join("\n")}\n`);
    expect(files).toEqual(readFileSync(LIST, "utf8").trimEnd().split("\n"));
  });

  test("contains what is compiled from each source, and nothing else", () => {
    const compiled = sources.flatMap((path) =>
      COMPILED.map((extension) => `dist/${path.replace(/\.ts$/, extension)}`),
    );
    expect(packed.filter((path) => path.startsWith("dist/"))).toEqual(compiled.toSorted());
  });
});
