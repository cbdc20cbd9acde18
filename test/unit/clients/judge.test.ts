import { X509Certificate } from "node:crypto";
import "reflect-metadata";
import { ExtendedKeyUsage, ExtendedKeyUsageExtension } from "@peculiar/x509";
import { genuinePaths } from "../../../provider/clients/genuinePaths";
import { judgeClient } from "../../../provider/clients/judge";
import type { Rejection } from "../../../provider/clients/rejection";
import { CHAIN_CASES } from "../../emulator/certificates/chainCases";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";
import { isWeakKey, isWeakSignature, KEY_KINDS } from "../../emulator/certificates/keyKind";
import { clientOf, knownClient } from "./given";

const NOW = Date.now() / 1000;
const DAY_SECONDS = 86_400;
const HOUR_MS = 60 * 60 * 1000;

const judge = (pems: string, anchor: { readonly pem: string }, now = NOW) =>
  judgeClient(knownClient("client", pems), anchor.pem, now);

describe("without its key, a client is judged as with it", () => {
  test.each(CHAIN_CASES)("$name: accepted is $accepted", async ({ accepted, issue }) => {
    const { anchor, client } = await issue();
    expect(await judge(client.chainPem, anchor)).toMatchObject({ trusted: accepted });
  });
});

const REASONS: Readonly<Record<string, Partial<Rejection>>> = {
  "a path longer than the anchor allows": { reason: "path length" },
  "a DNS name that is not permitted": { reason: "name constraints", subject: "CN=ca" },
  "an excluded DNS name": { reason: "name constraints", subject: "CN=intermediate 1" },
  "an anchor for servers only": { reason: "usage", subject: "CN=ca" },
  "an intermediate for servers only": { reason: "usage", subject: "CN=intermediate 1" },
  "a client certificate for servers only": { reason: "usage", subject: "CN=client" },
  "a client certificate without digital signature": { reason: "usage", subject: "CN=client" },
  "an intermediate without certificate sign": {
    reason: "usage",
    subject: "CN=intermediate 1",
    detail: "has a key usage without Certificate Sign",
  },
  "an intermediate that is not an authority": { reason: "not a CA", subject: "CN=intermediate 1" },
  "an unknown critical extension of the client": {
    reason: "unknown critical extension",
    subject: "CN=client",
    detail: "1.3.6.1.4.1.99999.1",
  },
  "an unknown critical extension of an intermediate": {
    reason: "unknown critical extension",
    subject: "CN=intermediate 1",
  },
  "an unknown critical extension of the anchor": { reason: "unknown critical extension", subject: "CN=ca" },
  "an expired client": { reason: "expired", subject: "CN=client" },
  "an expired intermediate": { reason: "expired", subject: "CN=intermediate 1" },
  "an expired anchor": { reason: "expired", subject: "CN=ca" },
  "a client that is not valid yet": { reason: "not yet valid", subject: "CN=client" },
  "an intermediate that is not presented": { reason: "another issuer" },
  "another anchor": { reason: "another issuer" },
  "an anchor of the same name with another key": { reason: "another issuer" },
};

test.each(Object.entries(REASONS))("the reason is the fault of the path: %s", async (name, rejection) => {
  const issued = await CHAIN_CASES.find((each) => each.name === name)?.issue();
  const verdict = issued && (await judge(issued.client.chainPem, issued.anchor));
  expect(verdict).toMatchObject({ trusted: false, rejection });
});

describe("keys and digests are judged as OpenSSL's security level 2 does", () => {
  test.each(KEY_KINDS)("of a CA: %s", async (keyKind) => {
    const ca = await issueCa({ keyKind });
    const verdict = await judge((await issueClient(ca)).pem, ca);
    const weakness = isWeakKey(keyKind) ? "weak key" : isWeakSignature(keyKind) ? "weak digest" : undefined;
    expect(verdict).toMatchObject(
      weakness === undefined ? { trusted: true } : { trusted: false, rejection: { reason: weakness } },
    );
  });

  test.each(KEY_KINDS)("of an intermediate: %s", async (keyKind) => {
    const ca = await issueCa();
    const intermediate = await issueIntermediate(ca, { keyKind });
    const verdict = await judge((await issueClient(intermediate)).chainPem, ca);
    expect(verdict.trusted).toBe(!isWeakKey(keyKind) && !isWeakSignature(keyKind));
  });

  test.each(KEY_KINDS)("of a client: %s", async (keyKind) => {
    const ca = await issueCa();
    const verdict = await judge((await issueClient(ca, { keyKind })).pem, ca);
    expect(verdict.trusted).toBe(!isWeakKey(keyKind));
  });

  test("and the message has what is weak", async () => {
    const ca = await issueCa({ keyKind: "RSA with SHA-1" });
    expect(await judge((await issueClient(ca)).pem, ca)).toEqual({
      trusted: false,
      rejection: { reason: "weak digest", subject: "CN=client", detail: "SHA-1" },
    });
    const weak = await issueCa({ keyKind: "RSA of 1024 bits" });
    expect(await judge((await issueClient(weak)).pem, weak)).toEqual({
      trusted: false,
      rejection: { reason: "weak key", subject: "CN=ca", detail: "RSA with 1024 bits" },
    });
  });

  test("the signature of the CA itself does not count, because it is trusted as it is", async () => {
    const ca = await issueIntermediate(await issueCa({ keyKind: "RSA with SHA-1" }));
    expect(await judge((await issueClient(ca)).pem, ca)).toMatchObject({ trusted: true });
  });
});

describe("time is a parameter", () => {
  const validFrom = new Date(Math.floor(NOW) * 1000 - 10 * HOUR_MS);
  const expires = new Date(validFrom.getTime() + 20 * HOUR_MS);
  const [from, to] = [validFrom.getTime() / 1000, expires.getTime() / 1000];

  test.each([
    { moment: from - 1, expected: { trusted: false, rejection: { reason: "not yet valid", at: from } } },
    { moment: from, expected: { trusted: true, until: to } },
    { moment: to - 1, expected: { trusted: true, until: to } },
    { moment: to, expected: { trusted: false, rejection: { reason: "expired", at: to } } },
  ])("at $moment: $expected", async ({ moment, expected }) => {
    const ca = await issueCa();
    const client = await issueClient(ca, { validFrom, expires });
    // The verdict is not kept from another moment.
    await judge(client.pem, ca, NOW + 1000 * DAY_SECONDS);
    expect(await judge(client.pem, ca, moment)).toMatchObject(expected);
  });

  test("a path lasts until its first certificate expires, and the longest path counts", async () => {
    const inDays = (days: number): Date => new Date(Math.floor(NOW + days * DAY_SECONDS) * 1000);
    const ca = await issueCa();
    const short = await issueIntermediate(ca, { expires: inDays(10) });
    const renewed = await issueIntermediate(ca, { keys: short.keys, expires: inDays(20) });
    const client = await issueClient(short, { expires: inDays(30) });
    expect(await judge(client.pem + short.pem, ca)).toEqual({
      trusted: true,
      until: inDays(10).getTime() / 1000,
    });
    const both = client.pem + short.pem + renewed.pem;
    expect(await judge(both, ca)).toEqual({ trusted: true, until: inDays(20).getTime() / 1000 });
    expect(await judge(both, ca, NOW + 15 * DAY_SECONDS)).toMatchObject({ trusted: true });
  });
});

describe("a CA that issues short-lived clients", () => {
  test("is trusted by itself, and by the CA above it", async () => {
    const root = await issueCa({ name: "root" });
    const issuing = await issueIntermediate(root, { name: "issuing" });
    expect(await judge(issuing.pem, issuing)).toMatchObject({ trusted: true });
    expect(await judge(issuing.pem, root)).toMatchObject({ trusted: true });
    expect(await judge(issuing.pem, await issueCa({ name: "root" }))).toMatchObject({
      rejection: { reason: "another issuer" },
    });
  });

  test("needs its own intermediates", async () => {
    const root = await issueCa({ name: "root" });
    const upper = await issueIntermediate(root, { name: "upper" });
    const issuing = await issueIntermediate(upper, { name: "issuing" });
    expect(await judge(issuing.pem + upper.pem, root)).toMatchObject({ trusted: true });
    expect(await judge(issuing.pem, root)).toMatchObject({ rejection: { reason: "another issuer" } });
  });

  test("is not trusted if clients could not use what it issues", async () => {
    const serverOnly = { extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth])] };
    const issuing = await issueIntermediate(await issueCa(), serverOnly);
    expect(await judge(issuing.pem, issuing)).toMatchObject({ rejection: { reason: "usage" } });
  });

  test("counts as one more certificate of the path", async () => {
    const issued = await CHAIN_CASES.find(
      ({ name }) => name === "a path as long as the anchor allows",
    )?.issue();
    const pems = issued?.client.chainPem.match(/-+BEGIN[^]+?-+END CERTIFICATE-+\n/g) ?? [];
    const [, issuing = ""] = pems;
    expect(issued && (await judge(issuing, issued.anchor))).toMatchObject({ trusted: true });
  });
});

describe("all paths are judged", () => {
  test("of an intermediate that two authorities have certified, each of them trusts it", async () => {
    const [one, other] = [await issueCa({ name: "one" }), await issueCa({ name: "other" })];
    const own = await issueIntermediate(one);
    const crossSigned = await issueIntermediate(other, { keys: own.keys });
    const client = await issueClient(own);
    for (const pems of [own.pem + crossSigned.pem, crossSigned.pem + own.pem]) {
      expect(await judge(client.pem + pems, one)).toMatchObject({ trusted: true });
      expect(await judge(client.pem + pems, other)).toMatchObject({ trusted: true });
    }
  });

  test("also where authorities have certified one another", async () => {
    const root = await issueCa({ name: "root" });
    const first = await issueIntermediate(root, { name: "first" });
    const second = await issueIntermediate(first, { name: "second" });
    const firstBySecond = await issueIntermediate(second, { name: "first", keys: first.keys });
    const client = await issueClient(second);
    expect(await judge(client.pem + second.pem + firstBySecond.pem + first.pem, root)).toMatchObject({
      trusted: true,
    });
    expect(await judge(client.pem + second.pem + firstBySecond.pem, root)).toMatchObject({ trusted: false });
  });

  test("of which ten certificates have at most 27", async () => {
    const root = await issueCa({ name: "root" });
    const issuing: Authority[] = [];
    let issuer = root;
    for (const name of ["a", "b", "c"]) {
      const first = await issueIntermediate(issuer, { name });
      const renew = () => issueIntermediate(issuer, { name, keys: first.keys });
      issuing.push(first, await renew(), await renew());
      issuer = first;
    }
    const client = knownClient(
      "client",
      [await issueClient(issuer), ...issuing].map(({ pem }) => pem).join(""),
    );
    const paths = genuinePaths(client.chain, new X509Certificate(root.pem));
    expect(paths).toHaveLength(27);
    expect(
      new Set(paths.map((path) => path.map(({ fingerprint256 }) => fingerprint256).join())),
    ).toHaveProperty("size", 27);
    expect(await judgeClient(client, root.pem, NOW)).toMatchObject({ trusted: true });
  });
});

test.each(["", "no PEM", "-----BEGIN CERTIFICATE-----\nc2VlZGVk\n-----END CERTIFICATE-----\n"])(
  "a content that is not a certificate trusts no client: %j",
  async (pem) => {
    const client = await issueClient(await issueCa());
    expect(await judgeClient(clientOf(client), pem, NOW)).toEqual({
      trusted: false,
      rejection: { reason: "unreadable" },
    });
  },
);
