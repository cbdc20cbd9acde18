import { homedir, tmpdir } from "node:os";
import { runtime } from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "../../../sdk";

/** The maximum size in a state in bytes, so that states stay readable. */
const MAX_BYTES = 2048;

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
])("the serialized provider of $type", ({ type, entry, declare }) => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(declare);
  });

  test("has the type token of existing states", () => {
    expect(registered.type).toBe(`pulumi-nodejs:dynamic/openai-certificates:${type}`);
  });

  test("is small", () => {
    expect(Buffer.byteLength(registered.provider)).toBeLessThanOrEqual(MAX_BYTES);
  });

  test("requires this package's provider and nothing else", () => {
    const required = [...registered.provider.matchAll(/require\(([^)]*)\)/g)].map(([, module]) => module);
    expect(new Set(required)).toEqual(new Set(['"pulumi-openai-certificates/provider"']));
    expect(registered.provider).toContain(`provider").${entry};`);
    expect(registered.provider).not.toMatch(/\bimport\b|process\.env/);
  });

  test("has each method that the engine calls", () => {
    for (const method of ["configure", "check", "diff", "create", "read", "update", "delete"])
      expect(registered.provider).toMatch(new RegExp(`p\\(\\)\\.${method}\\(`));
  });

  test("contains no path and no file name", () => {
    for (const path of [process.cwd(), homedir(), tmpdir(), process.execPath, __dirname])
      expect(registered.provider).not.toContain(path);

    expect(registered.provider).not.toMatch(/file:|node_modules|\.[jt]s\b/);
  });
});
