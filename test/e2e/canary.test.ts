import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { issueAnchor, issueClient, issueServer } from "../emulator/certificates/issue";
import { SecretScanner } from "../resilience/faults/canary";
import { ids, createFixture } from "./fixture";

const ADMIN_KEY = "sk-admin-canary9876543210";

/** Everything that the engine and our own code can be made to print. */
const TALKATIVE = ["--logtostderr", "-v=9"];

describe.each([
  {
    // The engine itself prints secret configuration then, so the keys come from the environment.
    name: "from the environment, in the most talkative of runs",
    flags: TALKATIVE,
    env: { PULUMI_DEBUG: "true" },
    isSecretConfig: false,
  },
  { name: "from secret configuration", flags: [], env: {}, isSecretConfig: true },
])("keys $name", ({ flags, env, isSecretConfig }) => {
  test("are in no output, state, error, log or file", async () => {
    const [server, anchor] = [await issueServer(), await issueAnchor({ name: "operations" })];
    const client = await issueClient(anchor);
    const canary = new SecretScanner([ADMIN_KEY, client.keyPem]);
    const inEnvironment = { OPENAI_MTLS_KEY: client.keyPem, OPENAI_ADMIN_KEY: ADMIN_KEY };
    const scene = await createFixture(
      {
        env: {
          OPENAI_CA_BUNDLE: server.authorityPem,
          OPENAI_MTLS_CERT_CHAIN: client.chainPem,
          ...(isSecretConfig ? { OPENAI_ADMIN_KEY: "" } : inEnvironment),
        },
      },
      { adminKey: ADMIN_KEY, tls: { certificate: server.pem, key: server.keyPem } },
    );
    try {
      const { emulator, stack } = scene;
      emulator.seed([{ id: "cert_anchor", pem: anchor.pem, active: true }]);
      if (isSecretConfig) {
        await stack.setConfig(
          {},
          { "openai-certificates:adminKey": ADMIN_KEY, "openai-certificates:clientKey": client.keyPem },
        );
      }
      await scene.setIds(ids(1, 13));
      const run = async (...args: string[]) => {
        const { output } = await stack.run([...args, ...flags], env);
        canary.scan(args.join(" "), output);
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
      canary.scan("the log of the server", emulator.log);
      canary.scan("the state", await stack.exportState());
      for (const [file, text] of await filesIn(scene.folder)) canary.scan(file, text);
      expect(canary.bytes).toBeGreaterThan(100_000);
      expect(canary.found).toEqual([]);
    } finally {
      await scene.dispose();
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
