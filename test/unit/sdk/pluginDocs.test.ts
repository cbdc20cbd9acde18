import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { REPOSITORY } from "../../engine/packages";

const CLASSES = ["OrgCertificateActivation", "ProjectCertificateActivation", "Certificate"] as const;

const ENTRIES = ["sdk/index.ts", "sdk/plugin/index.ts"].map((entry) => join(REPOSITORY, entry));
const program = ts.createProgram(ENTRIES, optionsOfRepository());

/** What an editor shows of each output and each argument of the classes that a module exports. */
function documentationIn(entry: string): Readonly<Record<string, string>> {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(REPOSITORY, entry));
  const module = file && checker.getSymbolAtLocation(file);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const entries = exported
    .filter(({ name }) => CLASSES.some((each) => name === each || name === `${each}Args`))
    .flatMap((symbol) =>
      checker
        .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
        .filter(isOwn)
        .map((property) => [`${symbol.name}.${property.name}`, textOf(property, checker)] as const),
    );
  return Object.fromEntries(entries);
}

function isOwn(property: ts.Symbol): boolean {
  return (property.declarations ?? []).some(
    (declaration) => !declaration.getSourceFile().fileName.includes("node_modules"),
  );
}

function textOf(property: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(property.getDocumentationComment(checker));
}

function optionsOfRepository(): ts.CompilerOptions {
  const text = readFileSync(join(REPOSITORY, "tsconfig.json"), "utf8");
  const { config } = ts.parseConfigFileTextToJson("tsconfig.json", text) as { readonly config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY).options;
}

test("an editor shows for the plugin's classes what it shows for the dynamic resources", () => {
  const { ...expected } = documentationIn("sdk/index.ts");
  const withoutConnection = Object.entries(expected).filter(([name]) => !name.endsWith(".connection"));
  expect(withoutConnection.length).toBeGreaterThan(25);
  expect(withoutConnection.filter(([, text]) => text === "")).toEqual([]);
  expect(documentationIn("sdk/plugin/index.ts")).toEqual(Object.fromEntries(withoutConnection));
}, 60_000);
