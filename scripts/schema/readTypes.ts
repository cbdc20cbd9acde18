import { join } from "node:path";
import ts from "typescript";
import type { PropertySchema, TypeReference } from "./packageSchema";

const FILE = join(__dirname, "publicTypes.ts");

/** A property of a public type. */
export interface PublicProperty {
  readonly name: string;
  readonly isOptional: boolean;
  readonly schema: PropertySchema;
}

/** How the types of objects and of sets of strings are named in the schema. */
export interface TypeNames {
  /** The reference to an object type. @param name its name in TypeScript. */
  object(name: string, description: string, properties: readonly PublicProperty[]): TypeReference;
  /** The reference to a type with a fixed set of values. @param property the property that has this type. */
  values(property: string, values: readonly string[]): TypeReference;
}

type Section = "inputs" | "outputs" | "lists" | "declarations";

/** Reads the public types with the TypeScript compiler: their structure, and their doc comments as descriptions. */
export class PublicTypeReader {
  private readonly checker: ts.TypeChecker;
  private readonly sections: ReadonlyMap<string, ts.Type>;

  constructor(private readonly names: TypeNames) {
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
    this.checker = program.getTypeChecker();
    const declaration = program
      .getSourceFile(FILE)
      ?.statements.find((each) => ts.isInterfaceDeclaration(each));
    if (!declaration) throw new Error(`${FILE} declares no interface`);
    this.sections = this.membersOf(this.checker.getTypeAtLocation(declaration));
  }

  /** The properties of a resource's or function's arguments or results, or of the arguments of its list. */
  properties(section: Exclude<Section, "declarations">, name: string): readonly PublicProperty[] {
    return this.propertiesOf(this.typeOf(section, name));
  }

  /** The doc comment of a class or function. */
  description(name: string): string {
    const { symbol } = this.typeOf("declarations", name);
    return this.described(name, symbol);
  }

  private typeOf(section: Section, name: string): ts.Type {
    const members = this.sections.get(section);
    const type = members && this.membersOf(members).get(name);
    if (!type) throw new Error(`publicTypes.ts has no ${section} of ${name}`);
    return type;
  }

  private membersOf(type: ts.Type): ReadonlyMap<string, ts.Type> {
    const members = this.checker.getPropertiesOfType(type);
    return new Map(members.map((symbol) => [symbol.name, this.checker.getTypeOfSymbol(symbol)]));
  }

  private propertiesOf(type: ts.Type): readonly PublicProperty[] {
    return this.checker.getPropertiesOfType(type).map((symbol) => {
      const property = this.checker.getTypeOfSymbol(symbol);
      return {
        name: symbol.name,
        isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0 || isNullable(property),
        schema: {
          ...this.reference(symbol.name, property),
          description: this.described(symbol.name, symbol),
        },
      };
    });
  }

  private reference(property: string, given: ts.Type): TypeReference {
    const type = this.checker.getNonNullableType(given);
    if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return { type: "boolean" };
    if ((type.flags & ts.TypeFlags.StringLike) !== 0) return { type: "string" };
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return { type: "number" };
    if (type.isUnion() && type.types.every((each) => each.isStringLiteral())) {
      const values = type.types.map(({ value }) => value);
      return this.names.values(property, values);
    }
    const element = this.checker.isArrayType(type)
      ? this.checker.getTypeArguments(type as ts.TypeReference)[0]
      : undefined;
    if (element) return { type: "array", items: this.reference(property, element) };
    const values = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values) return { type: "object", additionalProperties: this.reference(property, values) };
    const symbol = type.aliasSymbol ?? type.symbol;
    return this.names.object(symbol.name, this.described(symbol.name, symbol), this.propertiesOf(type));
  }

  /** The doc comment of a symbol as a description: one line a paragraph, and links as code. @throws Error without one. */
  private described(name: string, symbol: ts.Symbol): string {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    if (comment === "") throw new Error(`${name} has no doc comment`);
    return comment
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " "))
      .join("\n\n")
      .replaceAll(/\{@link (\w+) ?\}/g, "`$1`");
  }
}

/** Null and undefined are the same to Pulumi's other languages. */
function isNullable(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0);
}
