import { join } from "node:path";
import { build } from "esbuild";
import type { BuildOptions } from "esbuild";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

const PROGRAM = {
  "Pulumi.yaml": "name: program\nruntime: nodejs\nmain: out/index.js\n",
  "index.ts": `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
export const ids = new OrgCertificateActivation("mtls", { certificateIds: ["cert_01"] }).certificateIds;
`,
};

/** The dependencies of the package, of which each can be kept out of a bundle that contains the package. */
const DEPENDENCIES = ["asn1js", "async-mutex", "axios", "limiter", "valibot"];

describe("a bundled program", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PROGRAM });
  });
  afterAll(() => fixture.dispose());

  const bundle = (options: BuildOptions) =>
    build({
      entryPoints: [join(fixture.stack.folder, "index.ts")],
      outfile: join(fixture.stack.folder, "out/index.js"),
      bundle: true,
      platform: "node",
      allowOverwrite: true,
      logLevel: "error",
      ...options,
    });

  test.each<[string, BuildOptions]>([
    ["with the package in it", { external: ["@pulumi/pulumi"] }],
    ["with the package in it, minified", { external: ["@pulumi/pulumi"], minify: true }],
    ["with the package, but not its dependencies", { external: ["@pulumi/pulumi", ...DEPENDENCIES] }],
    ["without packages", { packages: "external" }],
  ])("%s works, and stores the line that loads the installed package", async (_, options) => {
    await bundle(options);
    const { exitCode, output } = await fixture.stack.up();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect((await activationIn(fixture.stack))?.inputs?.["__provider"]).toBe(
      'exports.handler = () => require("pulumi-openai-certificates/provider").organization;',
    );
  });
});
