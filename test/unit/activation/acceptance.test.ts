import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { accepts } from "../../../provider/activation/acceptance";
import { mintAnchor, mintClient, type Minted, mintIntermediate, mintServer } from "../../emulator/mint";

const [FROM, TO] = [new Date("2030-01-01T00:00:00Z"), new Date("2031-01-01T00:00:00Z")];
const NOW = Date.parse("2030-07-01T00:00:00Z");
const DATES = { validFrom: FROM, expires: TO };
const EARLIER = { validFrom: FROM, expires: new Date("2030-06-30T00:00:00Z") };
const LATER = { validFrom: new Date("2030-07-02T00:00:00Z"), expires: TO };

/** Whether an anchor accepts a client with its intermediates. */
function accepted(anchor: Minted, chain: readonly Minted[], now = NOW): boolean {
  return accepts(
    new X509Certificate(anchor.pem),
    chain.map(({ pem }) => new X509Certificate(pem)),
    now,
  );
}

/** The keys with which a certificate that is no authority could nevertheless sign another. */
async function keysOf({ pem, keyPem }: Minted): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const pkcs8 = createPrivateKey(keyPem).export({ type: "pkcs8", format: "der" });
  const spki = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
  return {
    privateKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]),
    publicKey: await webcrypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]),
  };
}

describe("an anchor accepts a client", () => {
  test("that it issued, from the first to the last second of its validity", async () => {
    const anchor = await mintAnchor({ validFrom: new Date("2029-01-01"), expires: new Date("2032-01-01") });
    const client = await mintClient(anchor, DATES);
    expect(accepted(anchor, [client], FROM.getTime())).toBe(true);
    expect(accepted(anchor, [client], TO.getTime())).toBe(true);
    expect(accepted(anchor, [client], FROM.getTime() - 1)).toBe(false);
    expect(accepted(anchor, [client], TO.getTime() + 1)).toBe(false);
  });

  test("through its intermediates in any order, and through a part of them never", async () => {
    const anchor = await mintAnchor(DATES);
    const upper = await mintIntermediate(anchor, { name: "upper", ...DATES });
    const lower = await mintIntermediate(upper, { name: "lower", ...DATES });
    const client = await mintClient(lower, DATES);
    expect(accepted(anchor, [client, lower, upper])).toBe(true);
    expect(accepted(anchor, [client, upper, lower])).toBe(true);
    expect(accepted(anchor, [client, anchor, upper, lower])).toBe(true);
    for (const part of [[], [lower], [upper]]) expect(accepted(anchor, [client, ...part])).toBe(false);
    expect(accepted(lower, [client])).toBe(true);
  });

  test("through an intermediate that was renewed, or that two authorities have certified, in any order", async () => {
    const [anchor, another] = [
      await mintAnchor({ name: "a", ...DATES }),
      await mintAnchor({ name: "b", ...DATES }),
    ];
    const expired = await mintIntermediate(anchor, EARLIER);
    const { keys } = expired;
    const renewed = await mintIntermediate(anchor, { keys, ...DATES });
    const crossSigned = await mintIntermediate(another, { keys, ...DATES });
    const client = await mintClient(renewed, DATES);
    expect(accepted(anchor, [client, expired, renewed])).toBe(true);
    expect(accepted(another, [client, renewed, crossSigned])).toBe(true);
    expect(accepted(anchor, [client, crossSigned, renewed])).toBe(true);
    expect(accepted(anchor, [client, expired, crossSigned])).toBe(false);
  });

  test("that is self-signed and is the anchor itself", async () => {
    const anchor = await mintAnchor(DATES);
    expect(accepted(anchor, [anchor])).toBe(true);
    expect(accepted(await mintAnchor(DATES), [anchor])).toBe(false);
  });
});

describe("an anchor does not accept a client", () => {
  test("whose certificate is for servers only", async () => {
    const server = await mintServer();
    const anchor = new X509Certificate(server.authorityPem);
    expect(accepts(anchor, [new X509Certificate(server.pem)], Date.now())).toBe(false);
  });

  test("that presents nothing", async () => {
    expect(accepted(await mintAnchor(DATES), [])).toBe(false);
  });

  test.each([
    ["expired", EARLIER],
    ["not valid yet", LATER],
  ])("while any certificate on the way is %s", async (_, dates) => {
    const [anchor, stale] = [await mintAnchor(DATES), await mintAnchor(dates)];
    expect(accepted(stale, [await mintClient(stale, DATES)])).toBe(false);
    expect(accepted(anchor, [await mintClient(anchor, dates)])).toBe(false);
    const intermediate = await mintIntermediate(anchor, dates);
    expect(accepted(anchor, [await mintClient(intermediate, DATES), intermediate])).toBe(false);
  });

  test.each([
    ["told apart by key identifiers", {}],
    ["told apart by nothing but the signature", { without: "key-identifiers" }],
  ] as const)("that another of the same name issued, %s", async (_, options) => {
    const [anchor, lookAlike] = [
      await mintAnchor({ ...DATES, ...options }),
      await mintAnchor({ ...DATES, ...options }),
    ];
    const client = await mintClient(lookAlike, DATES);
    expect(accepted(lookAlike, [client])).toBe(true);
    expect(accepted(anchor, [client])).toBe(false);
    expect(accepted(anchor, [client, lookAlike])).toBe(false);
  });

  test("that another name issued with the same key", async () => {
    const anchor = await mintAnchor(DATES);
    expect(accepted(anchor, [await mintClient({ ...anchor, name: "elsewhere" }, DATES)])).toBe(false);
  });

  test("that another client issued: a client is no authority", async () => {
    const anchor = await mintAnchor(DATES);
    const issuer = await mintClient(anchor, { name: "issuer", ...DATES });
    const client = await mintClient({ ...issuer, keys: await keysOf(issuer), isAnchor: false }, DATES);
    expect(new X509Certificate(client.pem).verify(new X509Certificate(issuer.pem).publicKey)).toBe(true);
    expect(accepted(anchor, [client, issuer])).toBe(false);
  });

  test("whose chain ends in a root of its own, and so leads in a circle", async () => {
    const root = await mintAnchor({ name: "root", ...DATES });
    expect(accepted(await mintAnchor(DATES), [await mintClient(root, DATES), root])).toBe(false);
  });
});
