import served from "../../../provider/plugin/schema.json";
import { checkInputs } from "../../../provider/resource/activationInputs";
import { checkCertificate } from "../../../provider/resource/certificateInputs";
import { SETTINGS } from "../../../provider/settings/settings";
import type { PropertySchema } from "../../../scripts/schema/packageSchema";
import { composeSchema } from "../../../scripts/schema/schema";
import { firstColumn } from "./docTables";

const TOKEN_PREFIX = "openai-certificates:index:";
const schema = composeSchema();

const resource = (name: string) => {
  const found = schema.resources[TOKEN_PREFIX + name];
  if (!found) throw new Error(`the schema has no resource ${name}`);
  return found;
};
const RESOURCES = ["OrgCertificateActivation", "ProjectCertificateActivation", "Certificate"] as const;
const FUNCTIONS = ["getCertificates", "getCertificate"] as const;

test("the schema that the plugin serves is that of the types as they are: `npm run build` writes it", () => {
  expect(served).toEqual(schema);
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

describe.each(RESOURCES)("the resource %s", (name) => {
  const { description, inputProperties, requiredInputs, listInputs, properties, required, aliases } =
    resource(name);

  test("has the arguments that it stores among its outputs", () => {
    const outputs = Object.keys(properties);
    expect(Object.keys(inputProperties).filter((argument) => !outputs.includes(argument))).toEqual([]);
    expect(requiredInputs.filter((argument) => !required.includes(argument))).toEqual([]);
  });

  test("has no member with the name of its class, which C# does not allow", () => {
    const members = [...Object.entries(inputProperties), ...Object.entries(properties)];
    const names = members.map(([key, { language }]) => language?.csharp.name ?? key);
    expect(names.filter((key) => key.toLowerCase() === name.toLowerCase())).toEqual([]);
  });

  test("can be listed by arguments that are described", () => {
    const { properties: query } = listInputs;
    expect(Object.values(query).filter(({ description }) => description === "")).toEqual([]);
  });

  test("describes how to import it", () => {
    expect(description).toContain(`pulumi import openai-certificates:index:${name} `);
  });

  test("takes over the resources of the dynamic provider", () => {
    expect(aliases).toEqual([{ type: `pulumi-nodejs:dynamic/openai-certificates:${name}` }]);
  });
});

test("each resource, function and the provider has an example in each language", () => {
  const described = [
    ...Object.values(schema.resources),
    ...Object.values(schema.functions),
    schema.provider,
  ].map(({ description }) => [...description.matchAll(/^```(\w+)\n/gm)].map(([, language]) => language));
  const languages = ["typescript", "python", "go", "csharp", "java", "yaml"];
  for (const found of described) expect(found.slice(0, languages.length)).toEqual(languages);
});

describe("the provider's validation", () => {
  const INVALID = { some: { nested: "value" } };
  const VALID = {
    organization: { certificateIds: ["cert_a"] },
    project: { certificateIds: ["cert_a"], projectId: "proj_a" },
  };

  test.each([
    ["organization", "OrgCertificateActivation"],
    ["project", "ProjectCertificateActivation"],
  ] as const)("validates each argument of the schema for the %s", (kind, name) => {
    const names = Object.keys(resource(name).inputProperties);
    // An object is a valid certificateIds: the map that an earlier check has returned.
    const unchecked = names.filter((argument) => {
      const given = argument === "certificateIds" ? 1 : INVALID;
      const { failures = [] } = checkInputs(kind, { ...VALID[kind], [argument]: given });
      // The engine must not print the value of some arguments, so no property is named.
      return !failures.some(
        ({ property, reason }) => property === argument || reason.startsWith(`${argument}: `),
      );
    });
    expect(unchecked).toEqual([]);
  });

  test.each([
    ["organization", "OrgCertificateActivation"],
    ["project", "ProjectCertificateActivation"],
  ] as const)("sets the defaults that the schema describes for the %s", (kind, name) => {
    const { inputs = {} } = checkInputs(kind, VALID[kind]);
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
    const asArguments = Object.entries(variables).map(([name, { description, ...property }]) => [
      name,
      { ...property, description: description.replace(/ Environment variable: .*/, "") },
    ]);
    expect(Object.fromEntries(asArguments)).toEqual(schema.provider.inputProperties);
  });

  test("describes the environment variable of each setting", () => {
    const described = Object.entries(schema.config.variables).map(([name, { description }]) => [
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
    const { properties, inputProperties } = resource(name);
    expect(listed.filter((output) => output !== "id" && !(output in properties))).toEqual([]);
    const undocumented = Object.keys(properties).filter(
      (output) => !listed.includes(output) && !(output in inputProperties),
    );
    expect(undocumented).toEqual([]);
  });

  test("lists the arguments of the functions", () => {
    for (const name of FUNCTIONS) {
      const listed = firstColumn("docs/functions.md", name).filter((argument) => argument !== "connection");
      const { properties = {} } = schema.functions[TOKEN_PREFIX + name]?.inputs ?? {};
      expect([...listed].sort()).toEqual(Object.keys(properties).sort());
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
