import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkInputs } from "../../../provider/resource/activationInputs";
import { checkCertificate } from "../../../provider/resource/certificateInputs";
import { SETTINGS } from "../../../provider/settings/settings";
import { REPOSITORY } from "../../engine/packages";
import { firstColumn } from "./docTables";
import { schema, shapeOfObject, TOKEN_PREFIX } from "./schema";
import type { PropertySchema } from "./schema";
import { publicShapes } from "./shapeOfType";

const shapes = publicShapes();

const resource = (name: string) => {
  const found = schema.resources[TOKEN_PREFIX + name];
  if (!found) throw new Error(`the schema has no resource ${name}`);
  return found;
};
const RESOURCES = ["OrgCertificateActivation", "ProjectCertificateActivation", "Certificate"] as const;
const FUNCTIONS = ["getCertificates", "getCertificate"] as const;

test("the schema has the version of the package", () => {
  const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
    readonly version: string;
  };
  expect(schema.version).toBe(version);
});

test("the schema has exactly the resources and functions of the package", () => {
  const tokens = (names: readonly string[]) => names.map((name) => TOKEN_PREFIX + name);
  expect(Object.keys(schema.resources)).toEqual(tokens(RESOURCES));
  expect(Object.keys(schema.functions)).toEqual(tokens(FUNCTIONS));
});

test("no type has the name that generators derive from a resource", () => {
  const derived = RESOURCES.flatMap((name) => [name, `${name}Args`, `${name}State`]);
  const types = Object.keys(schema.types).map((token) => token.replace(TOKEN_PREFIX, ""));
  expect(types.filter((name) => derived.includes(name))).toEqual([]);
});

test("every part of the schema has a description", () => {
  expect(descriptionsMissing(schema, "")).toEqual([]);
});

describe.each(RESOURCES)("the resource %s", (name) => {
  const { inputProperties, requiredInputs, properties = {}, required = [], aliases } = resource(name);

  test("has the arguments of the TypeScript class", () => {
    const inputs = shapeOfObject({ properties: inputProperties, required: requiredInputs });
    expect(inputs).toEqual(shapes.inputs[name]);
  });

  test("has the outputs of the TypeScript class, and the arguments that it stores", () => {
    const declared = Object.keys(shapes.outputs[name]?.properties ?? {}).map((key) => key.replace("?", ""));
    const own = Object.fromEntries(Object.entries(properties).filter(([key]) => declared.includes(key)));
    expect(shapeOfObject({ properties: own, required })).toEqual(shapes.outputs[name]);
    const others = Object.keys(properties).filter((key) => !declared.includes(key));
    expect(others.filter((key) => !(key in inputProperties))).toEqual([]);
  });

  test("has no member with the name of its class, which C# does not allow", () => {
    const members = [...Object.entries(inputProperties), ...Object.entries(properties)];
    const names = members.map(([key, { language }]) => language?.csharp?.name ?? key);
    expect(names.filter((key) => key.toLowerCase() === name.toLowerCase())).toEqual([]);
  });

  test("takes over the resources of the dynamic provider", () => {
    expect(aliases).toEqual([{ type: `pulumi-nodejs:dynamic/openai-certificates:${name}` }]);
  });
});

describe.each(FUNCTIONS)("the function %s", (name) => {
  const { inputs, outputs } = schema.functions[TOKEN_PREFIX + name] ?? { inputs: {}, outputs: {} };

  test("has the arguments of the TypeScript function", () => {
    expect(shapeOfObject(inputs)).toEqual(shapes.inputs[name]);
  });

  test("returns what the TypeScript function returns", () => {
    expect(shapeOfObject(outputs)).toEqual(shapes.outputs[name]);
  });
});

describe("the provider's validation", () => {
  const INVALID = { some: { nested: "value" } };
  const VALID = { certificateIds: ["cert_a"], projectId: "proj_a" };

  test.each([
    ["organization", "OrgCertificateActivation"],
    ["project", "ProjectCertificateActivation"],
  ] as const)("validates each argument of the schema for the %s", (kind, name) => {
    const names = Object.keys(resource(name).inputProperties);
    // An object is a valid certificateIds: the map that an earlier check has returned.
    const unchecked = names.filter((argument) => {
      const given = argument === "certificateIds" ? 1 : INVALID;
      const { failures = [] } = checkInputs(kind, { ...VALID, [argument]: given });
      return !failures.some(({ property }) => property === argument);
    });
    expect(unchecked).toEqual([]);
  });

  test.each([
    ["organization", "OrgCertificateActivation"],
    ["project", "ProjectCertificateActivation"],
  ] as const)("sets the defaults that the schema describes for the %s", (kind, name) => {
    const { inputs = {} } = checkInputs(kind, VALID);
    const { inputProperties, requiredInputs } = resource(name);
    const optional = Object.keys(inputProperties).filter((argument) => !requiredInputs.includes(argument));
    const described = optional.map((argument) => [argument, defaultIn(inputProperties[argument])]);
    const actual = optional.map((argument) => [
      argument,
      JSON.stringify((inputs as Readonly<Record<string, unknown>>)[argument]),
    ]);
    expect(described).toEqual(actual);
  });

  test("validates each argument of the schema for a certificate", () => {
    const names = Object.keys(resource("Certificate").inputProperties);
    const reasons = names.map((argument) => {
      const { failures = [] } = checkCertificate({}, { [argument]: INVALID }, 0);
      return failures.map(({ property, reason }) => `${property} ${reason}`).join("\n");
    });
    names.forEach((argument, index) => {
      expect(reasons[index]).toContain(argument);
    });
  });
});

describe("the provider's configuration", () => {
  test("has the settings of the package, in the stack's configuration and as arguments", () => {
    const { variables } = schema.config;
    expect(Object.keys(variables).sort()).toEqual(Object.keys(SETTINGS).sort());
    // A provider that a program creates does not read the environment.
    const asArguments = Object.entries(variables).map(([name, { description = "", ...property }]) => [
      name,
      { ...property, description: description.replace(/ Environment variable: .*/, "") },
    ]);
    expect(Object.fromEntries(asArguments)).toEqual(schema.provider.inputProperties);
  });

  test("has the arguments of the TypeScript class", () => {
    const { inputProperties, requiredInputs } = schema.provider;
    const inputs = shapeOfObject({ properties: inputProperties, required: requiredInputs });
    expect(inputs).toEqual(shapes.inputs["Provider"]);
  });

  test("describes the environment variable of each setting", () => {
    const described = Object.entries(schema.config.variables).map(([name, { description = "" }]) => [
      name,
      /Environment variable: `(\w+)`/.exec(description)?.[1],
    ]);
    expect(Object.fromEntries(described)).toEqual(SETTINGS);
  });

  test("marks exactly the key, the client's key and its passphrase as secret", () => {
    const secrets = Object.entries(schema.config.variables).filter(([, { secret }]) => secret);
    expect(secrets.map(([name]) => name)).toEqual(["adminKey", "clientKey", "clientKeyPassphrase"]);
  });
});

describe("the documentation", () => {
  const PAGES = {
    OrgCertificateActivation: "docs/resources/org-certificate-activation.md",
    ProjectCertificateActivation: "docs/resources/project-certificate-activation.md",
    Certificate: "docs/resources/certificate.md",
  } as const;
  /** The page about projects lists only what the one about the organization lacks. */
  const inherited = (name: keyof typeof PAGES, table: string) =>
    name === "ProjectCertificateActivation" ? firstColumn(PAGES.OrgCertificateActivation, table) : [];

  test.each(RESOURCES)("lists the arguments of %s", (name) => {
    const listed = [...firstColumn(PAGES[name], "Arguments"), ...inherited(name, "Arguments")];
    const expected = [...Object.keys(resource(name).inputProperties), "connection"];
    expect(listed.sort()).toEqual(expected.sort());
  });

  test.each(RESOURCES)("lists outputs of %s that the schema has", (name) => {
    const listed = [...firstColumn(PAGES[name], "Outputs"), ...inherited(name, "Outputs")];
    const { properties = {}, inputProperties } = resource(name);
    expect(listed.filter((output) => output !== "id" && !(output in properties))).toEqual([]);
    const undocumented = Object.keys(properties).filter(
      (output) => !listed.includes(output) && !(output in inputProperties),
    );
    expect(undocumented).toEqual([]);
  });

  test("lists the arguments of the functions", () => {
    for (const name of FUNCTIONS) {
      const listed = firstColumn("docs/functions.md", name).filter((argument) => argument !== "connection");
      expect(listed).toEqual(Object.keys(schema.functions[TOKEN_PREFIX + name]?.inputs.properties ?? {}));
    }
  });

  test("lists the settings", () => {
    const listed = firstColumn("README.md", "Configuration").map((key) => key.split(":")[1]);
    expect(listed.sort()).toEqual(Object.keys(schema.config.variables).sort());
  });
});

/** The default in a description, as JSON. */
function defaultIn(property: PropertySchema | undefined): string | undefined {
  return /Defaults to `?("\w+"|\w+)`?/.exec(property?.description ?? "")?.[1];
}

/** The paths of properties, types, resources and functions without a description. */
function descriptionsMissing(node: unknown, path: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const below = descriptionsMissing(value, `${path}/${key}`);
    const isDescribed = /\/(properties|inputProperties|variables|types|resources|functions)$/.test(path);
    const described = value as { readonly description?: string };
    return isDescribed && !described.description ? [`${path}/${key}`, ...below] : below;
  });
}
