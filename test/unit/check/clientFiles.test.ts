import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readClients } from "../../../cli/check/clientFiles";
import { issueCa, issueClient } from "../../emulator/certificates/issue";
import type { IssuedCertificate } from "../../emulator/certificates/issue";

let folder: string;
let client: IssuedCertificate;

beforeAll(async () => {
  client = await issueClient(await issueCa(), { name: "billing" });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clients-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const namesOf = async (...given: readonly string[]) => (await readClients(given)).map(({ name }) => name);

test("a client has the name that it is given", async () => {
  const path = await write("a=b.pem", client.chainPem);
  expect(await namesOf(`billing=${path}`)).toEqual(["billing"]);
});

test("in a folder, certificates are clients by their files' names, and keys and other files are left out", async () => {
  await write("search.pem", client.chainPem);
  await write("billing.CRT", client.chainPem);
  await write("search-key.pem", client.keyPem);
  await write("search.key", client.keyPem);
  await write("README.md", "clients");
  await mkdir(join(folder, "old"));
  expect(await namesOf(folder)).toEqual(["billing", "search"]);
});

test.each([
  [
    "a file without a name",
    async () => write("billing.pem", client.chainPem),
    "--client billing=billing.pem",
  ],
  ["a folder that does not exist", async () => join(folder, "nowhere"), "ENOENT"],
  ["a file that does not exist", async () => `billing=${join(folder, "nowhere.pem")}`, "ENOENT"],
  [
    "a file that is not a certificate",
    async () => `x=${await write("x.pem", "x")}`,
    "no complete PEM certificate",
  ],
  ["a named private key", async () => `x=${await write("x.pem", client.keyPem)}`, "contains a private key"],
])("%s is rejected, with the reason", async (_case, give, message) => {
  await expect(readClients([await give()])).rejects.toThrow(message);
});

test("a private key beside the certificate is rejected without showing it", async () => {
  await write("x.pem", client.chainPem + client.keyPem);
  const error: unknown = await readClients([folder]).catch((reason: unknown) => reason);
  expect(String(error)).toContain("contains a private key");
  expect(String(error)).not.toContain(client.keyPem.split("\n")[1]);
});

test("two clients of the same name are rejected", async () => {
  const path = await write("billing.pem", client.chainPem);
  await expect(readClients([folder, `billing=${path}`])).rejects.toThrow(
    'two clients have the name "billing"',
  );
});
