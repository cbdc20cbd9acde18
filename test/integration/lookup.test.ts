import { X509Certificate } from "node:crypto";
import { runtime } from "@pulumi/pulumi";
import { countCalls, type Emulator, startEmulator } from "../emulator/index";
import { issueAnchor } from "../emulator/certificates/issue";
import {
  getCertificate,
  getCertificateOutput,
  getCertificates,
  getCertificatesOutput,
} from "../../sdk/index";

let emulator: Emulator;
let pem: string;

beforeAll(async () => {
  pem = (await issueAnchor({ name: "wanted" })).pem;
});

beforeEach(async () => {
  emulator = await startEmulator({ projects: ["proj_a"] });
  emulator.seed([
    { id: "cert_a", name: "twin", pem: (await issueAnchor()).pem },
    { id: "cert_b", name: "twin", active: true },
    { id: "cert_c", name: "wanted", pem, activeIn: ["proj_a"] },
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

test("the active ones, or those that are not, are told apart", async () => {
  expect(idsOf(await getCertificates({ active: true }))).toEqual(["cert_b"]);
  expect(idsOf(await value(getCertificatesOutput({ active: false })))).toEqual(["cert_a", "cert_c"]);
});

test("a project's certificates are active there or not", async () => {
  expect(idsOf(await getCertificates({ projectId: "proj_a", active: true }))).toEqual(["cert_c"]);
});

test("one is found by its id or its name with one call, and its text with one more", async () => {
  expect(await getCertificate({ id: "cert_b" })).toMatchObject({ id: "cert_b", active: true });
  expect(await getCertificate({ name: "wanted" })).not.toHaveProperty("content");
  emulator.clearLog();
  const found = await value(getCertificateOutput({ name: "wanted", withContent: true }));
  expect(found).toMatchObject({ id: "cert_c", content: pem });
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
});

test("one is found by its fingerprint in any spelling", async () => {
  const { fingerprint256 } = new X509Certificate(pem);
  const plain = fingerprint256.replaceAll(":", "").toLowerCase();
  expect(await getCertificate({ fingerprint: fingerprint256 })).toMatchObject({ id: "cert_c" });
  expect(await getCertificate({ fingerprint: plain })).toMatchObject({ id: "cert_c", content: pem });
});

test("one is found by its fingerprint past others that cannot be read", async () => {
  emulator.faults.add({ endpoint: "get", kind: "status", status: 404, code: "certificate_not_found" });
  const last = (await issueAnchor({ name: "last" })).pem;
  emulator.remove("cert_a");
  emulator.seed([{ id: "cert_a", createdAt: 1, pem: last }]);
  const { fingerprint256 } = new X509Certificate(last);
  expect(await getCertificate({ fingerprint: fingerprint256 })).toMatchObject({ id: "cert_a" });
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 3 });
});

test("none of a fingerprint is an error that names those that could not be read", async () => {
  await expect(getCertificate({ fingerprint: "00" })).rejects.toThrow(
    "Skipped because they could not be read: cert_b.",
  );
});

test("a look-up by fingerprint ends with a failure that is not of one certificate", async () => {
  emulator.faults.add({ endpoint: "get", kind: "status", status: 403 });
  await expect(getCertificate({ fingerprint: "00" })).rejects.toThrow("answered 403");
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
});

test("a name that two certificates have is refused with their ids", async () => {
  await expect(getCertificate({ name: "twin" })).rejects.toThrow(
    '2 certificates have the name "twin": cert_a, cert_b',
  );
});

test.each([{ id: "cert_x" }, { name: "nobody" }, { fingerprint: "00" }])(
  "none is an error that says what was looked for: %j",
  async (wanted) => {
    await expect(getCertificate(wanted)).rejects.toThrow(Object.values(wanted)[0]);
  },
);

test.each([{}, { id: "cert_a", name: "twin" }])(
  "an id, a name or a fingerprint is wanted: %j",
  async (wanted) => {
    await expect(getCertificate(wanted)).rejects.toThrow("exactly one of id, name and fingerprint");
    expect(emulator.log).toEqual([]);
  },
);

test("a refusal is the provider's own error, without the key", async () => {
  runtime.setConfig("openai-certificates:adminKey", "sk-admin-wrong");
  await expect(getCertificates()).rejects.toThrow(/GET \/organization\/certificates: answered 401/);
});
