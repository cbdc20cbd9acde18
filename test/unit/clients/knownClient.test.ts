import { X509Certificate } from "node:crypto";
import { parseClient } from "../../../provider/clients/knownClient";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../../emulator/certificates/issue";
import { knownClient } from "./given";

let ca: Authority;
let intermediate: Authority;
let client: IssuedCertificate;

beforeAll(async () => {
  ca = await issueCa();
  intermediate = await issueIntermediate(ca);
  client = await issueClient(intermediate, { name: "gateway" });
});

const problemOf = (text: unknown): string => {
  const parsed = parseClient("gateway", text);
  return "problem" in parsed ? parsed.problem : "none";
};

test("a client has its certificate, its intermediates, and when it expires", () => {
  const parsed = knownClient("gateway", client.chainPem);
  expect(parsed).toMatchObject({ name: "gateway", subject: "CN=gateway", isIssuer: false });
  expect(parsed.chain.map(({ subject }) => subject)).toEqual(["CN=gateway", "CN=intermediate"]);
  expect(parsed.expiresAt).toBe(Date.parse(new X509Certificate(client.pem).validTo) / 1000);
});

test("a certificate with the CA flag is that of a CA which issues clients", () => {
  expect(knownClient("issuing", intermediate.pem)).toMatchObject({ isIssuer: true });
});

test("layout, text around the certificates and repetitions change nothing", () => {
  const plain = knownClient("gateway", client.chainPem);
  const decorated = `subject=CN = gateway\r\n${client.chainPem.replaceAll("\n", "\r\n")}\n\n${intermediate.pem}`;
  const { pem, digest } = knownClient("gateway", decorated);
  expect({ pem, digest }).toEqual({ pem: plain.pem, digest: plain.digest });
});

test("another intermediate is another digest", () => {
  expect(knownClient("gateway", client.pem).digest).not.toBe(knownClient("gateway", client.chainPem).digest);
});

describe("what is not a client's certificates is rejected", () => {
  test.each([
    [undefined, /^is missing; provide the certificate that is deployed and its intermediates/],
    [null, /^is missing; /],
    [7, /^is of type number, not a string; /],
    ["", /^is empty and contains no complete PEM certificate/],
    [
      "clients/billing.pem",
      /^is a text of 19 bytes and contains no complete PEM certificate.*not a file name$/,
    ],
    [
      "-----BEGIN CERTIFICATE-----\nc2VlZGVk\n-----END CERTIFICATE-----\n",
      /^contains a damaged certificate \(number 1 of 1\); provide it as the authority issued it$/,
    ],
  ])("%j", (text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });

  test("a block of another kind", () => {
    const request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
    expect(problemOf(client.pem + request)).toMatch(
      /^contains 2 PEM blocks, but only 1 complete certificate; provide .* nothing else$/,
    );
  });

  test("a text that is too long for a server", () => {
    expect(problemOf(client.pem + " ".repeat(100 * 1024))).toMatch(
      /^has \d+ bytes, but a client presents less than 102400; /,
    );
  });

  test("more certificates than any path has", async () => {
    const others = await Promise.all(Array.from({ length: 10 }, () => issueIntermediate(ca)));
    expect(problemOf(client.pem + others.map(({ pem }) => pem).join(""))).toMatch(
      /^contains 11 different certificates, but a client presents at most 10; .* declare each client under a name of its own$/,
    );
  });
});

describe("a private key is refused, and no part of the text is repeated", () => {
  test.each([
    ["after the certificate", () => client.pem + client.keyPem],
    ["before the certificate", () => client.keyPem + client.pem],
    ["alone", () => client.keyPem],
    ["cut", () => client.pem + client.keyPem.slice(0, 80)],
    ["damaged", () => client.pem + client.keyPem.replace("-----BEGIN", "--BEGIN")],
  ])("%s", (_where, text) => {
    const problem = problemOf(text());
    expect(problem).toMatch(/^contains a private key; provide its certificates alone\. No part of the text/);
    for (const line of `${client.pem}${client.keyPem}`.split("\n").filter((each) => !each.startsWith("-")))
      expect(line === "" || !problem.includes(line)).toBe(true);
  });
});
