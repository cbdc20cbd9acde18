import { dirname, join } from "node:path";
import ts from "typescript";
import { REPOSITORY } from "../engine/packages";

/** Declarations of packages that programs of the pages import and that are not installed. */
const VENDORS = ["aws", "kubernetes", "vault"].map((name) =>
  join(REPOSITORY, "test/support/vendors", `${name}.d.ts`),
);

/**
 * Checks the types of programs that import the package, with the repository's own options and against its sources.
 * @param programs texts by file name.
 * @returns the errors, each as "file:line message".
 */
export function typecheck(programs: Readonly<Record<string, string>>): readonly string[] {
  const options: ts.CompilerOptions = {
    ...repositoryOptions(),
    paths: {
      "pulumi-openai-certificates": [join(REPOSITORY, "sdk/index.ts")],
      "pulumi-openai-certificates/plugin": [join(REPOSITORY, "sdk/plugin/index.ts")],
    },
  };
  const virtual = new Map(
    Object.entries(programs).map(([name, text]) => [join(REPOSITORY, "examples", name), text]),
  );
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => virtual.has(path) || files.fileExists(path),
    readFile: (path) => virtual.get(path) ?? files.readFile(path),
    getSourceFile(path, languageVersion, ...rest) {
      const text = virtual.get(path);
      return text === undefined
        ? files.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion);
    },
  };
  const program = ts.createProgram([...virtual.keys(), ...VENDORS], options, host);
  return [...virtual.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(describe);
  });
}

function repositoryOptions(): ts.CompilerOptions {
  const path = join(REPOSITORY, "tsconfig.json");
  const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (read.error) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, "\n"));
  return ts.parseJsonConfigFileContent(read.config as unknown, ts.sys, dirname(path)).options;
}

function describe({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
