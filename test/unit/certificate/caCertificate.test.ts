import { X509Certificate } from "node:crypto";
import "reflect-metadata";
import { Extension } from "@peculiar/x509";
import { parseCaCertificate } from "../../../provider/certificate/caCertificate";
import type { CaCertificate } from "../../../provider/certificate/caCertificate";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";
import { PEM_FORMS } from "../shared/pemForms";

let issued: Authority;

beforeAll(async () => {
  issued = await issueCa({ name: "gateway" });
});

/** @throws when the text is refused. */
function caCertificateOf(text: unknown): CaCertificate {
  const parsed = parseCaCertificate(text);
  if ("caCertificate" in parsed) return parsed.caCertificate;
  throw new Error(parsed.problem);
}

/** Why a text is refused. */
function problemOf(text: unknown): string {
  const parsed = parseCaCertificate(text);
  if ("problem" in parsed) return parsed.problem;
  throw new Error("nothing was refused");
}

describe("the PEM text of a certificate", () => {
  test("has its subject, validity and usages", async () => {
    const [validFrom, expires] = [new Date("2024-01-01T00:00:00Z"), new Date("2044-01-01T00:00:00Z")];
    const intermediate = await issueIntermediate(issued, { name: "branch", validFrom, expires });
    const { serialNumber, fingerprint256 } = new X509Certificate(intermediate.pem);
    expect(caCertificateOf(intermediate.pem)).toEqual({
      pem: intermediate.pem,
      subject: "CN=branch",
      issuer: "CN=gateway",
      serialNumber,
      fingerprint: fingerprint256,
      validAt: 1_704_067_200,
      expiresAt: 2_335_219_200,
      isCa: true,
      signsCertificates: true,
      signsRevocations: true,
      hasSubjectKeyIdentifier: true,
      hasAuthorityKeyIdentifier: true,
    });
  });

  test.each<[string, (pem: string) => string]>([
    ["with CRLF", (pem) => pem.replaceAll("\n", "\r\n")],
    ["indented as in a template", (pem) => pem.replaceAll(/^/gm, "    ")],
    ["on lines of another length", (pem) => rewrapped(pem, 76)],
    ["on a single line", (pem) => rewrapped(pem, Infinity)],
    ["without a newline at its end", (pem) => pem.trimEnd()],
    ["with words around it", (pem) => `subject=CN = gateway\n${pem}\n# until 2044`],
  ])("%s is the same certificate", (_, change) => {
    expect(change(issued.pem)).not.toBe(issued.pem);
    expect(caCertificateOf(change(issued.pem))).toEqual(caCertificateOf(issued.pem));
  });

  test.each(Object.entries(PEM_FORMS))("%s is the same certificate", (_, apply) => {
    expect(caCertificateOf(apply(issued.pem))).toEqual(caCertificateOf(issued.pem));
  });

  test("keeps nothing of what else was in its block", () => {
    const der = new X509Certificate(issued.pem).raw;
    const smuggled = Buffer.concat([der, Buffer.from("not the certificate")]).toString("base64");
    expect(caCertificateOf(`-----BEGIN CERTIFICATE-----\n${smuggled}\n-----END CERTIFICATE-----`).pem).toBe(
      issued.pem,
    );
  });
});

describe("a text is refused", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["that is missing", () => undefined, /^is missing; provide the PEM text .+readFileSync/],
    ["that is null", () => null, /^is missing; provide/],
    ["that is not a string", () => ({ pem: issued.pem }), /^is of type object, not a string; provide/],
    ["that is empty", () => "", /^is empty and contains no complete PEM certificate/],
    [
      "that is a file's name",
      () => "ca.pem",
      /^is a text of 6 bytes and contains no .+; provide .+not a file name$/,
    ],
    [
      "that lost its end",
      () => issued.pem.slice(0, 200),
      /^is a text of 200 bytes and contains no complete PEM certificate/,
    ],
    [
      "with a character that no PEM has",
      () => issued.pem.replace("M", "*"),
      /contains no complete PEM certificate/,
    ],
    [
      "that is damaged",
      () => issued.pem.replace(/^MII/m, "AAA"),
      /cannot be read as a certificate: it is damaged/,
    ],
    [
      "with two certificates",
      () => issued.pem + issued.pem,
      /^contains 2 PEM blocks; provide one certificate/,
    ],
    [
      "with a public key next to it",
      () => `${issued.pem}-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n`,
      /^contains 2 PEM blocks/,
    ],
    [
      "of 16 kB",
      () => issued.pem.padEnd(16 * 1024, "\n"),
      /^has 16384 bytes, but the API accepts less than 16 kB \(16384\); remove/,
    ],
  ])("%s", (_, text, why) => {
    expect(problemOf(text())).toMatch(why);
  });

  test("below 16 kB whose certificate has 16 kB or more on lines of 64 characters, as it is sent", async () => {
    const padding = new Extension("1.3.6.1.4.1.99999", false, new Uint8Array(11_750));
    const text = rewrapped((await issueCa({ extensions: [padding] })).pem, Infinity);
    expect(text.length).toBeLessThan(16 * 1024);
    expect(problemOf(text)).toMatch(/^has 16[45]\d\d bytes, but the API accepts less than 16 kB/);
  });

  test("just below 16 kB, it is not", () => {
    expect(caCertificateOf(issued.pem.padEnd(16 * 1024 - 1, "\n")).pem).toBe(issued.pem);
  });

  test.each<[string, (key: string) => string]>([
    ["next to the certificate", (key) => issued.pem + key],
    ["before the certificate", (key) => key + issued.pem],
    ["alone", (key) => key],
    ["in capitals of another kind", (key) => issued.pem + key.toLowerCase()],
    ["with broken dashes", (key) => issued.pem + key.replaceAll("-----", "--")],
    ["cut before its end", (key) => issued.pem + key.slice(0, 60)],
    ["cut after its beginning", (key) => issued.pem + key.slice(60)],
    ["encrypted", (key) => issued.pem + key.replaceAll("PRIVATE", "ENCRYPTED PRIVATE")],
    ["of another kind", (key) => issued.pem + key.replaceAll("PRIVATE", "RSA PRIVATE")],
    ["on one line", (key) => issued.pem + key.replaceAll("\n", " ")],
    ["as base64", (key) => Buffer.from(issued.pem + key).toString("base64")],
  ])("with a private key %s, and none of it is repeated", (_, place) => {
    const problem = problemOf(place(issued.keyPem));
    expect(problem).toMatch(
      /^contains a private key; provide the certificate alone\. No part of the text was stored, sent or shown\./,
    );
    for (const line of issued.keyPem.split("\n").slice(1, -2)) expect(problem).not.toContain(line);
  });

  test("of more than 16 kB with a private key in it, and none of it is repeated", () => {
    const problem = problemOf((issued.pem + issued.keyPem).padEnd(20_000));
    expect(problem).toMatch(/^has 20000 bytes/);
    for (const line of issued.keyPem.split("\n").slice(1, -2)) expect(problem).not.toContain(line);
  });

  test("that has a key where the certificate should be, and none of it is repeated", () => {
    const disguised = issued.keyPem.replaceAll("PRIVATE KEY", "CERTIFICATE");
    expect(problemOf(disguised)).toMatch(
      /^contains a PEM block of \d+ bytes that cannot be read as a certificate/,
    );
    expect(problemOf(disguised)).not.toContain(disguised.split("\n")[1]);
  });
});

test("a certificate of a workload is read, and is no authority", async () => {
  expect(caCertificateOf((await issueClient(issued)).pem)).toMatchObject({
    isCa: false,
    signsCertificates: false,
    signsRevocations: false,
  });
});

function rewrapped(pem: string, width: number): string {
  const [begin, ...rest] = pem.trimEnd().split("\n");
  const end = rest.pop();
  const body = rest.join("");
  const lines = Number.isFinite(width) ? (body.match(new RegExp(`.{1,${width}}`, "g")) ?? []) : [body];
  return [begin, ...lines, end].join("\n");
}
