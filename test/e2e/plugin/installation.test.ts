import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { version } from "../../../package.json";
import { buildPlugin, CHECKSUMS } from "../../../scripts/plugin/buildPlugin";
import { ROOT } from "../../../scripts/plugin/bundle";
import { archiveName, thisPlatform } from "../../../scripts/plugin/platforms";
import type { StackOptions } from "../../engine/stack";
import { createFixture } from "../fixture";
import type { Fixture } from "../fixture";

/** A program that declares one resource of the plugin, as an SDK of the version and with the address in the environment. */
const PROGRAM = {
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";

new pulumi.CustomResource(
  "openai-certificates:index:OrgCertificateActivation",
  "mtls",
  { certificateIds: ["cert_01", "cert_02"] },
  { version: process.env["SDK_VERSION"] ?? "${version}", pluginDownloadURL: process.env["SDK_URL"] },
);
`,
};

const ARCHIVE = archiveName(version, thisPlatform());
const INSTALL = ["plugin", "install", "resource", "openai-certificates", version];

let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), "plugin-installation-"));
  const entry = join(ROOT, "provider/plugin/main.ts");
  await buildPlugin({ entry, version, license: "", folder: built });
});
afterAll(() => rm(built, { recursive: true }));

const fixtures: Fixture[] = [];
const newFixture = async (options: Partial<StackOptions> = {}) => {
  const fixture = await createFixture({ program: PROGRAM, ...options });
  fixtures.push(fixture);
  return fixture;
};
afterAll(() => Promise.all(fixtures.map((fixture) => fixture.dispose())));

describe("an archive that is installed from a file", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await newFixture();
    expect(await fixture.stack.run([...INSTALL, "--file", join(built, ARCHIVE)])).toMatchObject({
      exitCode: 0,
    });
  });

  test("is listed with its version", async () => {
    const { stdout } = await fixture.stack.run(["plugin", "ls", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject([{ name: "openai-certificates", kind: "resource", version }]);
  });

  test("serves a program, although no package is installed next to it", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect([exitCode, output]).toEqual([0, expect.stringContaining("organization: 2 to activate")]);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  });

  test.each(["0.0.1", "99.0.0"])("does not serve a program with an SDK of version %s", async (other) => {
    const { exitCode, output } = await fixture.stack.run(["preview"], { SDK_VERSION: other });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      `no resource plugin 'pulumi-resource-openai-certificates' found in the workspace at version v${other}`,
    );
  });

  test("replaces nothing when the SDK and the plugin are upgraded, without a call", async () => {
    const next = "99.1.0";
    const install = ["plugin", "install", "resource", "openai-certificates", next];
    expect(await fixture.stack.run([...install, "--file", join(built, ARCHIVE)])).toMatchObject({
      exitCode: 0,
    });
    fixture.emulator.clearLog();
    const upgrade = await fixture.stack.run(["up", "--yes", "--skip-preview"], { SDK_VERSION: next });
    expect([upgrade.exitCode, upgrade.output]).toEqual([0, expect.not.stringContaining("replac")]);
    expect(fixture.emulator.log).toEqual([]);
    const { deployment } = await fixture.stack.state();
    const mtls = deployment.resources?.find(({ type }) => type.endsWith("Activation"));
    expect(mtls?.provider).toContain("::default_99_1_0::");
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  });

  test("reports an old Node.js in the error of the provider, and changes nothing", async () => {
    fixture.emulator.clearLog();
    const oldNode = resolve(__dirname, "../../support/oldNode.js");
    const { exitCode, output } = await fixture.stack.run(["preview"], {
      NODE_OPTIONS: `--require ${oldNode}`,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(
      /pulumi:providers:openai-certificates .*:\n +error: .* \(read 'pulumi-openai-certificates needs Node\.js 22\.15 or .* This is Node\.js 20\.11\.1/,
    );
    expect(fixture.emulator.log).toEqual([]);
  });
});

describe("an archive that the engine downloads", () => {
  let server: Server;
  let url: string;
  const requested: string[] = [];
  beforeEach(() => {
    requested.length = 0;
  });
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? "";
      requested.push(path);
      readFile(join(built, path)).then(
        (content) => response.end(content),
        () => response.writeHead(404).end(),
      );
    });
    const { promise, resolve: listening } = Promise.withResolvers<undefined>();
    server.listen(0, "127.0.0.1", () => {
      listening(undefined);
    });
    await promise;
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  describe("by a command that names the address", () => {
    const install = async (checksum: string) => {
      const { stack } = await newFixture();
      const options = ["--server", url, "--checksum", checksum];
      const result = await stack.run([...INSTALL, ...options]);
      expect(requested).toEqual([`/${ARCHIVE}`]);
      return result;
    };

    test("is installed when it has the checksum from SHA256SUMS", async () => {
      const checksums = await readFile(join(built, CHECKSUMS), "utf8");
      const line = checksums.split("\n").find((each) => each.endsWith(ARCHIVE)) ?? "";
      expect(await install(line.split(" ")[0] ?? "")).toMatchObject({ exitCode: 0 });
    });

    test("is not installed when it has another checksum", async () => {
      const { exitCode, output } = await install("0".repeat(64));
      expect(exitCode).not.toBe(0);
      expect(output).toContain("checksum");
    });
  });

  test("serves a program whose resources name the address", async () => {
    const env = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" };
    const { stack, emulator } = await newFixture({ env: { ...env, SDK_URL: url } });
    const { exitCode, output } = await stack.up();
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining("Downloading provider: openai-certificates"),
    ]);
    expect(requested).toEqual([`/${ARCHIVE}`]);
    expect(emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  });
});

describe("a plugin that is not installed", () => {
  const ABOUT_PLUGIN = /warning: .*\bplugin\b|warning: using pulumi-resource/;

  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await newFixture();
  });

  const preview = async (env: Record<string, string> = {}) => {
    const { exitCode, output } = await fixture.stack.run(["preview"], env);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/OrgCertificateActivation +mtls +create/)]);
    return output;
  };

  test("is found on PATH, with a warning", async () => {
    const PATH = [join(built, thisPlatform().system), dirname(process.execPath), process.env["PATH"]].join(
      delimiter,
    );
    const output = await preview({ PATH });
    expect(output).toContain("warning: using pulumi-resource-openai-certificates from $PATH");
  });

  describe("is found in the folder that Pulumi.yaml names", () => {
    beforeAll(async () => {
      const providers = `  providers:\n    - name: openai-certificates\n      path: ${join(built, thisPlatform().system)}\n`;
      const project = `name: program\nruntime: nodejs\nplugins:\n${providers}`;
      await fixture.stack.replaceProgram({ "Pulumi.yaml": project });
    });

    test.each([version, "0.0.1"])("for version %s of the SDK", async (sdk) => {
      expect(await preview({ SDK_VERSION: sdk })).not.toMatch(ABOUT_PLUGIN);
    });

    test("for a newer version of the SDK, with a warning", async () => {
      expect(await preview({ SDK_VERSION: "99.0.0" })).toContain(
        "warning: resource plugin openai-certificates is expected to have version >=99.0.0",
      );
    });
  });
});
