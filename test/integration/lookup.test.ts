import { X509Certificate } from "node:crypto";
import { runtime } from "@pulumi/pulumi";
import {
  getCertificate,
  getCertificateOutput,
  getCertificates,
  getCertificatesOutput,
} from "../../sdk/index";
import { issueCa } from "../emulator/certificates/issue";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";

let emulator: Emulator;
let pem: string;

beforeAll(async () => {
  pem = (await issueCa({ name: "gateway" })).pem;
});

beforeEach(async () => {
  emulator = await startEmulator({ projects: ["proj_a"] });
  emulator.seed([
    { id: "cert_a", name: "duplicate", pem: (await issueCa()).pem },
    { id: "cert_b", name: "duplicate", active: true },
    { id: "cert_c", name: "gateway", pem, activeIn: ["proj_a"] },
  ]);
  runtime.setAllConfig({
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
  });
});

afterEach(() => emulator.close());

const idsOf = (certificates: readonly { id: string }[]) => certificates.map(({ id }) => id).sort();

const value = <T>(found: { apply(use: (value: T) => void): unknown }) =>
  new Promise<T>((resolve) => {
    found.apply(resolve);
  });

test("all certificates of the organization are listed with one call", async () => {
  expect(idsOf(await getCertificates())).toEqual(["cert_a", "cert_b", "cert_c"]);
  expect(countCalls(emulator.log)).toEqual({ list: 1 });
});

test.each([
  [
    () => getCertificates({ activ: true } as never),
    "getCertificates: activ is not an argument; did you mean active?",
  ],
  [
    () => getCertificate({ id: "cert_a", content: true } as never),
    "getCertificate: content is not an argument; use connection, fingerprint, id, name, withContent",
  ],
  [
    () => getCertificate({ id: "cert_a", conection: "acme" } as never),
    "getCertificate: conection is not an argument; did you mean connection?",
  ],
])("an argument that does not exist is rejected, with the nearest name", async (find, message) => {
  await expect(find()).rejects.toThrow(message);
  expect(emulator.log).toEqual([]);
});

test("the active or the inactive certificates are listed", async () => {
  expect(idsOf(await getCertificates({ active: true }))).toEqual(["cert_b"]);
  expect(idsOf(await value(getCertificatesOutput({ active: false })))).toEqual(["cert_a", "cert_c"]);
});

test("a project's certificates are active there or not", async () => {
  expect(idsOf(await getCertificates({ projectId: "proj_a", active: true }))).toEqual(["cert_c"]);
});

test("a certificate is found by its id or name with one call, and its content with one more", async () => {
  expect(await getCertificate({ id: "cert_b" })).toMatchObject({ id: "cert_b", active: true });
  expect(await getCertificate({ name: "gateway" })).not.toHaveProperty("content");
  emulator.clearLog();
  const found = await value(getCertificateOutput({ name: "gateway", withContent: true }));
  expect(found).toMatchObject({ id: "cert_c", content: pem });
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
});

test("a certificate is found by its fingerprint in any notation", async () => {
  const { fingerprint256 } = new X509Certificate(pem);
  const plain = fingerprint256.replaceAll(":", "").toLowerCase();
  expect(await getCertificate({ fingerprint: fingerprint256 })).toMatchObject({ id: "cert_c" });
  expect(await getCertificate({ fingerprint: plain })).toMatchObject({ id: "cert_c", content: pem });
});

test("a certificate is found by its fingerprint although others cannot be read", async () => {
  emulator.faults.add({ endpoint: "get", kind: "status", status: 404, code: "certificate_not_found" });
  const last = (await issueCa({ name: "last" })).pem;
  emulator.remove("cert_a");
  emulator.seed([{ id: "cert_a", createdAt: 1, pem: last }]);
  const { fingerprint256 } = new X509Certificate(last);
  expect(await getCertificate({ fingerprint: fingerprint256 })).toMatchObject({ id: "cert_a" });
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 3 });
});

test("an unknown fingerprint is an error that names the certificates that could not be read", async () => {
  await expect(getCertificate({ fingerprint: "00" })).rejects.toThrow(
    "Skipped because they could not be read: cert_b.",
  );
});

test("a look-up by fingerprint fails when the API fails for all certificates", async () => {
  emulator.faults.add({ endpoint: "get", kind: "status", status: 403 });
  await expect(getCertificate({ fingerprint: "00" })).rejects.toThrow("HTTP 403");
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
});

test("an ambiguous name is an error with the ids of its certificates", async () => {
  await expect(getCertificate({ name: "duplicate" })).rejects.toThrow(
    '2 certificates have the name "duplicate": cert_a, cert_b',
  );
});

test.each([{ id: "cert_x" }, { name: "unknown" }, { fingerprint: "00" }])(
  "an unknown certificate is an error that names the query: %j",
  async (query) => {
    await expect(getCertificate(query)).rejects.toThrow(Object.values(query)[0]);
  },
);

test.each([{}, { id: "cert_a", name: "duplicate" }])(
  "exactly one of id, name and fingerprint is required: %j",
  async (query) => {
    await expect(getCertificate(query)).rejects.toThrow("exactly one of id, name and fingerprint");
    expect(emulator.log).toEqual([]);
  },
);

test("an error of the API is reported as the provider's error, without the key", async () => {
  runtime.setConfig("openai-certificates:adminKey", "sk-admin-wrong");
  await expect(getCertificates()).rejects.toThrow(/GET \/organization\/certificates: HTTP 401/);
});
