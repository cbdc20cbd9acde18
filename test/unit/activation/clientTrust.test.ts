import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeClient } from "../../../provider/activation/clientTrust";
import { type ClientIdentity } from "../../../provider/connection/identity";
import { CHAIN_CASES } from "../../emulator/chainCases";
import { mintAnchor, mintClient, type Minted } from "../../emulator/mint";
import { identityOf } from "./given";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "client-trust-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the executable decides; undefined where there is none. */
function opensslAccepts(anchor: Minted, client: Minted): boolean | undefined {
  const files = { anchor: anchor.pem, chain: client.chainPem, client: client.pem };
  for (const [name, pem] of Object.entries(files)) writeFileSync(join(folder, name), pem);
  const options = ["-no-CApath", "-no-CAstore", "-purpose", "sslclient", "-partial_chain"];
  try {
    execFileSync("openssl", ["verify", ...options, "-CAfile", "anchor", "-untrusted", "chain", "client"], {
      cwd: folder,
      stdio: "pipe",
    });
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? undefined : false;
  }
}

describe("a client is judged by OpenSSL", () => {
  test.each(CHAIN_CASES)("$name: accepted is $accepted", async ({ accepted, mint }) => {
    const { anchor, client } = await mint();
    const verdict = await judgeClient(identityOf(client), anchor.pem);
    expect(verdict).toMatchObject({ trusted: accepted });
    // The table is what counts; where the executable is at hand, it has to agree with the table.
    expect(opensslAccepts(anchor, client) ?? accepted).toBe(accepted);
  });

  test("and a rejection has OpenSSL's reason", async () => {
    const [rejected] = CHAIN_CASES.filter(({ name }) => name === "a path longer than the anchor allows");
    const minted = await rejected?.mint();
    const verdict = minted && (await judgeClient(identityOf(minted.client), minted.anchor.pem));
    expect(verdict).toEqual({ trusted: false, reason: "PATH_LENGTH_EXCEEDED" });
  });
});

test.each(["", "no PEM", "-----BEGIN CERTIFICATE-----\nc2VlZGVk\n-----END CERTIFICATE-----\n"])(
  "a content that is not a certificate trusts nobody: %j",
  async (content) => {
    const client = await mintClient(await mintAnchor());
    expect(await judgeClient(identityOf(client), content)).toEqual({
      trusted: false,
      reason: "not a readable certificate",
    });
  },
);

test("an encrypted key is used with its passphrase", async () => {
  const anchor = await mintAnchor();
  const client = await mintClient(anchor);
  const passphrase = "correct horse";
  const keyPem = createPrivateKey(client.keyPem)
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })
    .toString();
  const identity: ClientIdentity = { ...identityOf(client), keyPem, passphrase };
  expect(await judgeClient(identity, anchor.pem)).toEqual({ trusted: true });
  const wrong = await judgeClient({ ...identity, passphrase: "wrong" }, anchor.pem);
  expect(wrong).toMatchObject({ trusted: false });
  expect(JSON.stringify(wrong)).not.toContain(keyPem.split("\n")[1]);
});

test("a text around the certificate does not change the verdict", async () => {
  const anchor = await mintAnchor();
  expect(new X509Certificate(anchor.pem).ca).toBe(true);
  const client = await mintClient(anchor);
  expect(await judgeClient(identityOf(client), `subject: CN=anchor\n${anchor.pem}\n`)).toEqual({
    trusted: true,
  });
});
