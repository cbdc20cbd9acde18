import { parseCaCertificate } from "../../../provider/certificate/caCertificate";
import type { CaCertificate } from "../../../provider/certificate/caCertificate";
import { validateCaCertificate } from "../../../provider/certificate/validateCaCertificate";
import { issueCa, issueClient } from "../../emulator/certificates/issue";

const NOW = Date.UTC(2030, 5, 15) / 1000;
const DAY = 86_400;
const VALID = { validFrom: new Date("2030-01-01T00:00:00Z"), expires: new Date("2031-01-01T00:00:00Z") };

function read(pem: string): CaCertificate {
  const parsed = parseCaCertificate(pem);
  if ("caCertificate" in parsed) return parsed.caCertificate;
  throw new Error(parsed.problem);
}

let caCertificate: CaCertificate;

beforeAll(async () => {
  caCertificate = read((await issueCa({ name: "gateway", ...VALID })).pem);
});

describe("a certificate", () => {
  test("that has all that the API wants is not refused", () => {
    expect(validateCaCertificate(caCertificate, NOW)).toEqual([]);
  });

  test("without CRL Sign is refused with what it lacks and how to issue it", async () => {
    const minted = await issueCa({ name: "gateway", ...VALID, without: "crl-sign" });
    expect(validateCaCertificate(read(minted.pem), NOW)).toEqual([
      "(CN=gateway) has a key usage that lacks CRL Sign; reissue it with keyUsage = critical, keyCertSign, cRLSign",
    ]);
  });

  test("without key identifiers is refused with both", async () => {
    const minted = await issueCa({ name: "gateway", ...VALID, without: "key-identifiers" });
    expect(validateCaCertificate(read(minted.pem), NOW)).toEqual([
      "(CN=gateway) lacks a subject key identifier and an authority key identifier; reissue it " +
        "with subjectKeyIdentifier = hash and authorityKeyIdentifier = keyid:always",
    ]);
  });

  test("of a workload is rejected, with everything that it lacks", async () => {
    const { pem } = await issueClient(await issueCa(VALID), { name: "worker", ...VALID });
    expect(validateCaCertificate(read(pem), NOW)).toEqual([
      "(CN=worker) has no CA flag; use the CA certificate that issues the client certificates, not a client certificate",
      expect.stringContaining("has a key usage that lacks Certificate Sign and CRL Sign") as string,
    ]);
  });

  test.each<[keyof CaCertificate, string]>([
    ["isCa", "has no CA flag"],
    ["signsCertificates", "has a key usage that lacks Certificate Sign;"],
    ["signsRevocations", "has a key usage that lacks CRL Sign;"],
    ["hasSubjectKeyIdentifier", "lacks a subject key identifier;"],
    ["hasAuthorityKeyIdentifier", "lacks an authority key identifier;"],
  ])("for which %s is false is refused for that alone", (property, reason) => {
    expect(validateCaCertificate({ ...caCertificate, [property]: false }, NOW)).toEqual([
      expect.stringContaining(reason) as string,
    ]);
  });

  test.each([
    [-1, "expired at 2030-06-14T23:59:59.000Z; use its successor"],
    [0, "expired at 2030-06-15T00:00:00.000Z; use its successor"],
    [1, "expires at 2030-06-15T00:00:01.000Z, within a day; use its successor"],
    [DAY, "expires at 2030-06-16T00:00:00.000Z, within a day; use its successor"],
  ])("that has %i seconds left is rejected, with the end of its validity", (left, reason) => {
    expect(validateCaCertificate({ ...caCertificate, expiresAt: NOW + left }, NOW)).toEqual([
      `(CN=gateway) ${reason}`,
    ]);
  });

  test("that has a second more than a day left is not refused, nor one that is not valid yet", () => {
    expect(
      validateCaCertificate({ ...caCertificate, expiresAt: NOW + DAY + 1, validAt: NOW + 1 }, NOW),
    ).toEqual([]);
  });

  test("without a subject is named by its fingerprint", () => {
    const [reason] = validateCaCertificate({ ...caCertificate, subject: "", isCa: false }, NOW);
    expect(reason).toContain(`(a nameless subject (${caCertificate.fingerprint}))`);
  });

  test("cannot steer a terminal by its subject", () => {
    const [reason] = validateCaCertificate({ ...caCertificate, subject: "CN=\u001b[2Jx", isCa: false }, NOW);
    expect(reason).toContain("(CN= [2Jx");
  });
});
