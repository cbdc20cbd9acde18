import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import { canaryKey } from "../support/canary";
import { ids } from "../support/ids";
import { SecretScanner } from "../support/secretScanner";
import { createFixture } from "./fixture";

const ADMIN_KEY = canaryKey("e2e");

/** Flags with which the engine logs as much as possible. */
const VERBOSE = ["--logtostderr", "-v=9"];

describe.each([
  {
    // With these flags the engine itself prints secret configuration, so the keys come from the environment.
    name: "from the environment, with the most verbose logging",
    flags: VERBOSE,
    env: { PULUMI_DEBUG: "true" },
    isSecretConfig: false,
  },
  { name: "from secret configuration", flags: [], env: {}, isSecretConfig: true },
])("keys $name", ({ flags, env, isSecretConfig }) => {
  test("are not in any output, state, error, log or file", async () => {
    const [server, ca] = [await issueServer(), await issueCa({ name: "operations" })];
    const client = await issueClient(ca);
    const scanner = new SecretScanner([ADMIN_KEY, client.keyPem]);
    const inEnvironment = { OPENAI_MTLS_KEY: client.keyPem, OPENAI_ADMIN_KEY: ADMIN_KEY };
    const fixture = await createFixture(
      {
        keySource: "passphrase",
        env: {
          OPENAI_CA_BUNDLE: server.authorityPem,
          OPENAI_MTLS_CERT_CHAIN: client.chainPem,
          ...(isSecretConfig ? { OPENAI_ADMIN_KEY: "" } : inEnvironment),
        },
      },
      { adminKey: ADMIN_KEY, tls: { certificate: server.pem, key: server.keyPem } },
    );
    try {
      const { emulator, stack } = fixture;
      emulator.seed([{ id: "cert_ca", pem: ca.pem, active: true }]);
      if (isSecretConfig) {
        await stack.setConfig(
          { "openai-certificates:baseUrl": emulator.url },
          { "openai-certificates:adminKey": ADMIN_KEY, "openai-certificates:clientKey": client.keyPem },
        );
      }
      await fixture.setIds(ids(1, 13));
      const run = async (...args: string[]) => {
        const { output } = await stack.run([...args, ...flags], env);
        scanner.scan(args.join(" "), output);
      };
      await run("preview", "--json");
      emulator.faults.add({ endpoint: "activate", call: 2, kind: "status", status: 403 });
      await run("up", "--yes", "--skip-preview");
      await run("up", "--yes", "--skip-preview");
      expect(emulator.activeIds()).toHaveLength(14);
      for (const kind of ["reset-after", "huge-body"] as const) {
        emulator.faults.add({ endpoint: "list", kind });
        await run("refresh", "--yes", "--skip-preview");
      }
      scanner.scan("the log of the server", emulator.log);
      scanner.scan("the state", await stack.state());
      for (const [file, text] of await filesIn(fixture.folder)) scanner.scan(file, text);
      expect(scanner.bytes).toBeGreaterThan(100_000);
      expect(scanner.found).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});

async function filesIn(folder: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  return Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file, await readFile(file, "utf8")] as const;
    }),
  );
}
