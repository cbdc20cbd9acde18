import { runInNewContext } from "node:vm";
import { runtime } from "@pulumi/pulumi";
import * as entry from "../../../provider";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "../../../sdk";

/** What Pulumi's host of dynamic providers calls. */
const METHODS = ["configure", "check", "diff", "create", "read", "update", "delete"];

interface Registered {
  readonly type: string;
  readonly provider: string;
}

/** Registers a resource as a program does, with the mocks of the Pulumi SDK in place of the engine. */
async function register(declare: () => unknown): Promise<Registered> {
  const registered = Promise.withResolvers<Registered>();
  await runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, id, name, inputs }) => {
      registered.resolve({ type, provider: (inputs as Record<string, string>)["__provider"] ?? "" });
      return { id: id ?? name, state: inputs as Record<string, unknown> };
    },
  });
  declare();
  return registered.promise;
}

describe.each([
  {
    type: "OrgCertificateActivation",
    name: "organization",
    declare: (): unknown => new OrgCertificateActivation("mtls", { certificateIds: ["cert_a"] }),
  },
  {
    type: "ProjectCertificateActivation",
    name: "project",
    declare: (): unknown =>
      new ProjectCertificateActivation("mtls", { projectId: "proj_a", certificateIds: ["cert_a"] }),
  },
  {
    type: "Certificate",
    name: "certificate",
    declare: (): unknown => new Certificate("ca", { certificate: "PEM" }),
  },
])("the provider of $type", ({ type, name, declare }) => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(declare);
  });

  test("has the type token of existing states", () => {
    expect(registered.type).toBe(`pulumi-nodejs:dynamic/openai-certificates:${type}`);
  });

  test("is one line that loads the installed package, and nothing of the machine", () => {
    expect(registered.provider).toBe(
      `exports.handler = () => require("pulumi-openai-certificates/provider").${name};`,
    );
  });

  test("is run by Pulumi's host, which finds each method that it calls", () => {
    const { handler } = run(registered.provider, () => entry);
    expect(METHODS.filter((method) => typeof handler()[method] !== "function")).toEqual([]);
  });
});

/** Runs the text as a module, as Pulumi's host of dynamic providers does. */
function run(text: string, require: (module: string) => unknown) {
  const exports = {};
  runInNewContext(text, { exports, require });
  return exports as { readonly handler: () => Readonly<Record<string, unknown>> };
}
