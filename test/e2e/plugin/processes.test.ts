import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProgramFiles } from "../../engine/program";
import { createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { activation, changeProgram, declaring, expectActive, expectDestroyed } from "../transition";
import { PLUGIN_FOLDER, pluginProgram, PROJECT } from "./program";

const PAIR = ["cert_01", "cert_02"];
const ALL = [...PAIR, "cert_03"];

/** A program with providers `a` and `b` of the same organization. */
function withProviders(body: string, names: readonly string[] = ["a", "b"]): ProgramFiles {
  const providers = names.map(
    (name) =>
      `const ${name} = new Provider("${name}", { adminKey: settings.requireSecret("key"), baseUrl });`,
  );
  return pluginProgram(`
const settings = new pulumi.Config();
const baseUrl = settings.require("url");
${providers.join("\n")}
${body}`);
}

const dynamicProgram = (body: string): ProgramFiles => ({ "Pulumi.yaml": PROJECT, ...declaring(body) });

describe("the provider processes of one update", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: declaring("") });
    const { emulator, stack } = fixture;
    await stack.setConfig({ url: emulator.url }, { key: emulator.adminKey });
  });
  afterAll(() => fixture.dispose());

  test.each<readonly [string, readonly string[], ProgramFiles, ProgramFiles]>([
    [
      "a resource is renamed and uses another provider",
      PAIR,
      withProviders(activation("mtls", PAIR, "", "provider: a")),
      withProviders(activation("mtls2", PAIR, "", "provider: b")),
    ],
    [
      "a resource is renamed and uses another provider, and its old one is removed from the program",
      PAIR,
      withProviders(activation("mtls", PAIR, "", "provider: a"), ["a"]),
      withProviders(activation("mtls2", PAIR, "", "provider: b"), ["b"]),
    ],
    [
      "some ids of a resource move to a resource of another provider",
      ALL,
      withProviders(activation("a", ALL, "", "provider: a")),
      withProviders(
        activation("a", ["cert_01"], "", "provider: a") +
          activation("b", ["cert_02", "cert_03"], "", "provider: b"),
      ),
    ],
    [
      "a dynamic resource is renamed and moves to the plugin",
      PAIR,
      dynamicProgram(activation("mtls", PAIR)),
      pluginProgram(activation("mtls2", PAIR)),
    ],
    [
      "a resource of the plugin is renamed and moves to the dynamic provider",
      PAIR,
      pluginProgram(activation("mtls2", PAIR)),
      dynamicProgram(activation("mtls", PAIR)),
    ],
  ])("keep the certificates active when %s", async (_change, declared, before, after) => {
    await expectActive(fixture, declared, await changeProgram(fixture, before, after));
  });

  test("deactivate the certificates when the stack is destroyed", () => expectDestroyed(fixture));
});

describe("two versions of the plugin in one update", () => {
  const VERSIONS = ["1.0.0", "1.0.1"] as const;
  const program = (name: string, version: string): ProgramFiles => ({
    ...pluginProgram(activation(name, PAIR, "", `version: "${version}"`)),
    "Pulumi.yaml": "name: program\nruntime: nodejs\n",
  });

  test("keep the certificates active when a resource is renamed and uses the other version", async () => {
    const fixture = await createFixture({ program: program("mtls", VERSIONS[0]) });
    try {
      for (const version of VERSIONS) await install(fixture, version);
      const upgraded = await changeProgram(
        fixture,
        program("mtls", VERSIONS[0]),
        program("mtls2", VERSIONS[1]),
      );
      await expectActive(fixture, PAIR, upgraded);
      const { stdout } = await fixture.stack.run(["plugin", "ls", "--json"]);
      expect(JSON.parse(stdout)).toHaveLength(2);
      await expectDestroyed(fixture);
    } finally {
      await fixture.dispose();
    }
  });
});

/** Installs the plugin of this checkout as a version, in the engine's own folder. */
async function install({ folder }: Fixture, version: string): Promise<void> {
  const plugin = join(folder, "pulumi/plugins", `resource-openai-certificates-v${version}`);
  const executable = join(plugin, "pulumi-resource-openai-certificates");
  await mkdir(plugin, { recursive: true });
  await writeFile(
    executable,
    `#!/bin/sh\nexec "${PLUGIN_FOLDER}/pulumi-resource-openai-certificates" "$@"\n`,
  );
  await chmod(executable, 0o755);
}
