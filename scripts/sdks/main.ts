import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { publishedSchema } from "./publishedSchema";

const REPOSITORY_FOLDER = resolve(__dirname, "../..");

/** The Go programs that write the SDKs. The generator for C# needs a Go module of its own. */
const GENERATORS = [__dirname, join(__dirname, "csharp")] as const;

/** The folders that the programs write to, and to which the license is added. */
const LANGUAGES = ["nodejs", "python", "go", "dotnet"] as const;

/** Settings of the shell do not change what is built. */
const ENVIRONMENT = { ...process.env, GOWORK: "off", GOFLAGS: "" };

/**
 * Validates the schema of the plugin and generates the SDKs of all languages: `npm run sdks`. The option
 * `--repository OWNER/NAME` is for SDKs that are published.
 */
function main(): void {
  const { values } = parseArgs({ options: { repository: { type: "string" } } });
  const folder = join(REPOSITORY_FOLDER, "build/sdks");
  const { version } = readJson("package.json") as { readonly version: string };
  const schema = publishedSchema(readJson("provider/plugin/schema.json"), {
    version,
    repository: values.repository,
  });

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const schemaFile = join(folder, "schema.json");
  writeFileSync(schemaFile, `${JSON.stringify(schema, undefined, 2)}\n`);
  for (const generator of GENERATORS) run("go", ["run", "-mod=readonly", ".", schemaFile, folder], generator);
  for (const language of LANGUAGES)
    cpSync(join(REPOSITORY_FOLDER, "LICENSE"), join(folder, language, "LICENSE"));

  compileNodeSdk(join(folder, "nodejs"));
  console.log(`SDKs of version ${version}: ${LANGUAGES.map((name) => join(folder, name)).join(", ")}`);
}

/** Compiles the Node.js SDK to its folder bin, which becomes the npm package. */
function compileNodeSdk(folder: string): void {
  run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", folder], REPOSITORY_FOLDER);
  for (const name of ["package.json", "README.md", "LICENSE"])
    cpSync(join(folder, name), join(folder, "bin", name));
}

function readJson(path: string): object {
  return JSON.parse(readFileSync(join(REPOSITORY_FOLDER, path), "utf8")) as object;
}

/** @throws Error when the program cannot be started or fails; it has then printed the reason. */
function run(file: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(file, args, { cwd, env: ENVIRONMENT, stdio: "inherit" });
  if (error) throw new Error(`${file} cannot be started: ${error.message}. Install it and put it on PATH.`);
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed`);
}

main();
