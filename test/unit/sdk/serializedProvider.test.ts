import { homedir, tmpdir } from "node:os";
import { runtime } from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "../../../sdk";

/** The most bytes of it that a state shall hold, so that a person can still read the state. */
const MOST_BYTES = 2048;

interface Registered {
  readonly type: string;
  readonly provider: string;
}

/** Registers a resource as a program does, against the SDK's own stand-in for the engine. */
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
    entry: "organization",
    declare: (): unknown => new OrgCertificateActivation("mtls", { certificateIds: ["cert_a"] }),
  },
  {
    type: "ProjectCertificateActivation",
    entry: "project",
    declare: (): unknown =>
      new ProjectCertificateActivation("mtls", { projectId: "proj_a", certificateIds: ["cert_a"] }),
  },
  {
    type: "Certificate",
    entry: "certificate",
    declare: (): unknown => new Certificate("ca", { certificate: "PEM" }),
  },
])("what a state holds of the provider of $type", ({ type, entry, declare }) => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(declare);
  });

  test("belongs to the type that stacks know", () => {
    expect(registered.type).toBe(`pulumi-nodejs:dynamic/openai:${type}`);
  });

  test("is small", () => {
    expect(Buffer.byteLength(registered.provider)).toBeLessThanOrEqual(MOST_BYTES);
  });

  test("names this package's provider, and requires nothing else", () => {
    const required = [...registered.provider.matchAll(/require\(([^)]*)\)/g)].map(([, module]) => module);
    expect(new Set(required)).toEqual(new Set(['"pulumi-openai-certificates/provider"']));
    expect(registered.provider).toContain(`provider").${entry};`);
    expect(registered.provider).not.toMatch(/\bimport\b|process\.env/);
  });

  test("has every method that the engine calls", () => {
    for (const method of ["configure", "check", "diff", "create", "read", "update", "delete"]) {
      expect(registered.provider).toMatch(new RegExp(`p\\(\\)\\.${method}\\(`));
    }
  });

  test("holds no path of the machine, and no name of a file", () => {
    for (const path of [process.cwd(), homedir(), tmpdir(), process.execPath, __dirname]) {
      expect(registered.provider).not.toContain(path);
    }
    expect(registered.provider).not.toMatch(/file:|node_modules|\.[jt]s\b/);
  });
});
