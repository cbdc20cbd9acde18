import { join } from "node:path";
import ts from "typescript";
import { enumShape, objectShape } from "./shape";
import type { Properties, Shape } from "./shape";

const FILE = join(__dirname, "publicTypes.ts");

/** The shapes of the types in publicTypes.ts: by `inputs` or `outputs`, and by the name of a resource or function. */
export function publicShapes(): Readonly<Record<"inputs" | "outputs", Readonly<Record<string, Properties>>>> {
  const program = ts.createProgram([FILE], {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    esModuleInterop: true,
    types: ["node"],
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const declaration = program
    .getSourceFile(FILE)
    ?.statements.find((statement) => ts.isInterfaceDeclaration(statement));
  if (!declaration) throw new Error(`${FILE} declares no interface`);
  const shapes = (type: ts.Type) =>
    Object.fromEntries(
      checker.getPropertiesOfType(type).map((symbol) => [symbol.name, checker.getTypeOfSymbol(symbol)]),
    );
  const objects = (type: ts.Type | undefined) =>
    Object.fromEntries(
      Object.entries(type ? shapes(type) : {}).map(([name, each]) => [name, objectOf(each, checker)]),
    );
  const { inputs, outputs } = shapes(checker.getTypeAtLocation(declaration));
  return { inputs: objects(inputs), outputs: objects(outputs) };
}

function objectOf(type: ts.Type, checker: ts.TypeChecker): Properties {
  return objectShape(
    checker.getPropertiesOfType(type).map((symbol) => {
      const property = checker.getTypeOfSymbol(symbol);
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0 || isNullable(property);
      return [isOptional ? `${symbol.name}?` : symbol.name, shapeOf(property, checker)];
    }),
  );
}

function shapeOf(given: ts.Type, checker: ts.TypeChecker): Shape {
  const type = checker.getNonNullableType(given);
  if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return "boolean";
  if (type.isUnion() && type.types.every((each) => each.isStringLiteral()))
    return enumShape(type.types.map((each) => each.value));

  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    if (element) return { list: shapeOf(element, checker) };
  }
  const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (values) return { map: shapeOf(values, checker) };
  return (type.flags & ts.TypeFlags.Object) === 0 ? checker.typeToString(type) : objectOf(type, checker);
}

/** Null and undefined are the same to Pulumi's other languages. */
function isNullable(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0);
}
