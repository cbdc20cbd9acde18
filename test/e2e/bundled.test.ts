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
    ["with the package, but not its dependencies", { external: ["@pulumi/pulumi", ...DEPENDENCIES] }],
    ["with the package, minified", { external: ["@pulumi/pulumi", ...DEPENDENCIES], minify: true }],
  ])("%s fails with the remedy, and nothing is stored", async (_, options) => {
    await bundle(options);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("pulumi-openai-certificates is bundled into this program");
    expect(output).toContain("`esbuild --packages=external`");
    expect(output.split("\n").length).toBeLessThan(30);
    expect(await activationIn(fixture.stack)).toBeUndefined();
    expect(fixture.emulator.log).toEqual([]);
  });

  test.each<[string, BuildOptions]>([
    ["without packages", { packages: "external" }],
    ["without packages, minified", { packages: "external", minify: true }],
    [
      "with the package, but not its provider",
      { external: ["@pulumi/pulumi", "pulumi-openai-certificates/*", ...DEPENDENCIES], minify: true },
    ],
  ])("%s works, and stores the few lines that load the installed package", async (_, options) => {
    await bundle(options);
    const { exitCode, output } = await fixture.stack.up();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    const stored = String((await activationIn(fixture.stack))?.inputs?.["__provider"]);
    expect(stored.length).toBeLessThan(3_000);
    expect(stored).toMatch(/require\("pulumi-openai-certificates\/provider"\)/);
  });
});
