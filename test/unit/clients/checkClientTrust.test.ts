import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkClientTrust } from "../../../provider/clients/checkClientTrust";
import type { ClientCertificate } from "../../../provider/settings/clientCertificate";
import { CHAIN_CASES } from "../../emulator/certificates/chainCases";
import { issueCa, issueClient } from "../../emulator/certificates/issue";
import type { IssuedCertificate } from "../../emulator/certificates/issue";
import { identityOf } from "../activation/given";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "client-trust-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the executable decides; undefined where there is none. */
function opensslAccepts(caCertificate: IssuedCertificate, client: IssuedCertificate): boolean | undefined {
  const files = { anchor: caCertificate.pem, chain: client.chainPem, client: client.pem };
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
  test.each(CHAIN_CASES)("$name: accepted is $accepted", async ({ accepted, issue }) => {
    const { anchor: caCertificate, client } = await issue();
    const trust = await checkClientTrust(identityOf(client), caCertificate.pem);
    expect(trust).toMatchObject({ trusted: accepted });
    // The table is what counts; where the executable is installed, it has to agree with the table.
    expect(opensslAccepts(caCertificate, client) ?? accepted).toBe(accepted);
  });

  test("and a rejection has OpenSSL's reason", async () => {
    const [rejected] = CHAIN_CASES.filter(({ name }) => name === "a path longer than the anchor allows");
    const minted = await rejected?.issue();
    const trust = minted && (await checkClientTrust(identityOf(minted.client), minted.anchor.pem));
    expect(trust).toEqual({ trusted: false, reason: "PATH_LENGTH_EXCEEDED" });
  });
});

test.each(["", "no PEM", "-----BEGIN CERTIFICATE-----\nc2VlZGVk\n-----END CERTIFICATE-----\n"])(
  "a content that is not a certificate trusts no client: %j",
  async (content) => {
    const client = await issueClient(await issueCa());
    expect(await checkClientTrust(identityOf(client), content)).toEqual({
      trusted: false,
      reason: "not a readable certificate",
    });
  },
);

test("an encrypted key is used with its passphrase", async () => {
  const caCertificate = await issueCa();
  const client = await issueClient(caCertificate);
  const passphrase = "correct horse";
  const keyPem = createPrivateKey(client.keyPem)
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })
    .toString();
  const identity: ClientCertificate = { ...identityOf(client), keyPem, passphrase };
  expect(await checkClientTrust(identity, caCertificate.pem)).toEqual({ trusted: true });
  const wrong = await checkClientTrust({ ...identity, passphrase: "wrong" }, caCertificate.pem);
  expect(wrong).toMatchObject({ trusted: false });
  expect(JSON.stringify(wrong)).not.toContain(keyPem.split("\n")[1]);
});

test("a text around the certificate does not change the result", async () => {
  const caCertificate = await issueCa();
  expect(new X509Certificate(caCertificate.pem).ca).toBe(true);
  const client = await issueClient(caCertificate);
  expect(await checkClientTrust(identityOf(client), `subject: CN=anchor\n${caCertificate.pem}\n`)).toEqual({
    trusted: true,
  });
});
