import { dirname, join } from "node:path";
import ts from "typescript";
import { REPOSITORY } from "../../engine/packages";

/** The TypeScript with which Pulumi compiles a program that installs none: the oldest one that Pulumi supports. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const oldest = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as typeof ts;

/** The declarations as the build writes them, by path. */
function emitDeclarations(entries: readonly string[]): ReadonlyMap<string, string> {
  const config = join(REPOSITORY, "tsconfig.build.json");
  const json = ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config as unknown;
  const { outDir: _, ...options } = ts.parseJsonConfigFileContent(json, ts.sys, REPOSITORY).options;
  const texts = new Map<string, string>();
  ts.createProgram(
    entries.map((entry) => join(REPOSITORY, entry)),
    { ...options, emitDeclarationOnly: true, noCheck: true },
  ).emit(undefined, (path, text) => texts.set(path, text));
  return texts;
}

/** What a program reads of the declarations when it imports an entry point: their paths, and the packages they name. */
function readFrom(entry: string, texts: ReadonlyMap<string, string>) {
  const paths = new Set([entry]);
  const packages = new Set<string>();
  for (const path of paths) {
    for (const { fileName } of oldest.preProcessFile(texts.get(path) ?? "").importedFiles) {
      if (fileName.startsWith(".")) paths.add(`${join(dirname(path), fileName)}.d.ts`);
      else packages.add(fileName);
    }
  }
  return { paths: [...paths], packages: [...packages] };
}

describe("the declarations of the package", () => {
  const entries = ["sdk/index", "sdk/plugin/index"];
  const texts = emitDeclarations(entries.map((entry) => `${entry}.ts`));

  test.each(entries)("of %s name no package except the SDK of Pulumi", (entry) => {
    expect(readFrom(join(REPOSITORY, `${entry}.d.ts`), texts).packages).toEqual(["@pulumi/pulumi"]);
  });

  test.each(entries)("of %s have a syntax that the oldest supported TypeScript reads", (entry) => {
    const { paths } = readFrom(join(REPOSITORY, `${entry}.d.ts`), texts);
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      const { diagnostics } = oldest.transpileModule(texts.get(path) ?? "missing {", {
        fileName: path.replace(/\.d\.ts$/, ".ts"),
        reportDiagnostics: true,
      });
      expect({ path, diagnostics: diagnostics?.map(({ messageText }) => messageText) }).toEqual({
        path,
        diagnostics: [],
      });
    }
  });
});
