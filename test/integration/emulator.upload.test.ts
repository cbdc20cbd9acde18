import { issueCa, issueClient } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";

const PATH = "/organization/certificates";
const HOUR_MS = 60 * 60 * 1000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

let emulator: Emulator;
let ca: Authority;

const upload = (certificate: unknown, name?: string) =>
  send(emulator, "POST", PATH, { body: { certificate, name } });

beforeAll(async () => {
  ca = await issueCa();
});

beforeEach(async () => {
  emulator = await startEmulator();
});

afterEach(() => emulator.close());

test("an upload keeps the PEM and activates nothing", async () => {
  const { status, body } = await upload(ca.pem, "gateway");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    object: "certificate",
    name: "gateway",
    id: expect.stringMatching(/^cert_\w+$/) as unknown,
  });
  expect(body).not.toHaveProperty("active");
  expect(emulator.certificates).toMatchObject([{ name: "gateway", pem: ca.pem, active: false }]);
  expect(emulator.activeIds()).toEqual([]);
});

test("an upload needs no name", async () => {
  expect((await upload(ca.pem)).body).toMatchObject({ name: null });
});

test("the validity is read from the certificate", async () => {
  const validFrom = new Date("2026-01-02T03:04:05Z");
  const expires = new Date("2040-01-02T03:04:05Z");
  const { body } = await upload((await issueCa({ validFrom, expires })).pem);
  expect(body).toMatchObject({
    certificate_details: { valid_at: validFrom.getTime() / 1000, expires_at: expires.getTime() / 1000 },
  });
});

test.each<[string, () => Promise<string> | string]>([
  ["a text that is no PEM", () => "hello"],
  ["a PEM that holds no certificate", () => ca.pem.replace(/^MII/m, "AAA")],
  ["two certificates", () => ca.pem + ca.pem],
  ["a certificate with its key", () => ca.pem + ca.keyPem],
  ["a key", () => ca.keyPem],
  ["a certificate that is no authority", async () => (await issueClient(ca)).pem],
  ["an authority without CRL Sign", async () => (await issueCa({ without: "crl-sign" })).pem],
  ["an authority without key identifiers", async () => (await issueCa({ without: "key-identifiers" })).pem],
  ["16 kB or more", () => ca.pem.padEnd(16 * 1024, "\n")],
])("the upload of %s is rejected as mtls_certificate_invalid", async (_what, pem) => {
  const { status, body } = await upload(await pem());
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { code: "mtls_certificate_invalid", param: "certificate" } });
  expect(emulator.certificates).toEqual([]);
});

test("a certificate just below 16 kB is accepted", async () => {
  expect((await upload(ca.pem.padEnd(16 * 1024 - 1, "\n"))).status).toBe(200);
});

test.each([-1, 23])("the upload of a certificate that expires in %i hours is rejected", async (hours) => {
  const { status, body } = await upload((await issueCa({ expires: inHours(hours) })).pem);
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { code: "expired_certificate" } });
});

test("a certificate that expires in 25 hours is accepted", async () => {
  expect((await upload((await issueCa({ expires: inHours(25) })).pem)).status).toBe(200);
});

test("the 51st certificate is rejected", async () => {
  emulator.seed(Array.from({ length: 49 }, () => ({})));
  expect((await upload(ca.pem)).status).toBe(200);
  const { status, body } = await upload(ca.pem);
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { code: "certificate_limit_exceeded" } });
});

test.each([undefined, 5, null])("a certificate of %p is rejected", async (certificate) => {
  expect((await upload(certificate)).status).toBe(400);
});
