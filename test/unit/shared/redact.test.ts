import { createHash } from "node:crypto";
import fc from "fast-check";
import { formatCertificate } from "../../../provider/shared/format";
import { holdsSecret, redactKnown, redactSecrets } from "../../../provider/shared/redact";

const digest = (seed: number): string => createHash("sha512").update(`${seed}`).digest("base64url");
/** A key as the API issues them: old ones have 48 letters and digits, new ones longer random text with `-` and `_`. */
const key = fc.oneof(
  fc.integer().map((seed) => `sk-${digest(seed).replaceAll(/[-_]/g, "").slice(0, 48)}`),
  fc
    .tuple(fc.constantFrom("proj", "admin", "svcacct", "None"), fc.integer())
    .map(([kind, seed]) => `sk-${kind}-${digest(seed)}${digest(-seed)}`),
);
const encoded = (text: string): string => text.replaceAll("-", "%2D").replaceAll("_", "%5F");

const WORDS = [
  "Bratislava",
  "gateway",
  "VPN",
  "k8s",
  "x509",
  "McDonald",
  "internationalization",
  "CIGateway",
  "gateway2027",
  "2027",
  "01",
  "v2",
  "prod",
  "Straße",
  "SK",
  "sk",
];
/** A name as people give them, also one that starts with the code of a country or language. */
const name = fc
  .tuple(
    fc.constantFrom("sk-", "SK-", "Sk-", "risk-", ""),
    fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }),
    fc.constantFrom(" ", "-", "_", ".", "/"),
  )
  .map(([start, words, separator]) => start + words.join(separator));

describe("a secret", () => {
  test.each([
    "sk-admin-a1B2c3D4",
    '["sk-proj-0aB1cD"]',
    "sk%2Dadmin%2Da1B2c3D4",
    "sk%2dadmin%2da1B2c3D4",
    "sk%252Dadmin%252Da1B2c3D4",
    "sk%25252dadmin%25252da1B2c3D4",
    "sk&#45;admin&#45;a1B2c3D4",
    "sk&#x2D;admin&#x002d;a1B2c3D4",
    "sk&amp;#45;admin&amp;#45;a1B2c3D4",
    "sk-or-v1-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "sk-proj-gateway-a1B2c3",
    "sk-proj-12345gateway",
    "sk-proj-gateway12345",
    "sk-gateway-a1b2c3d4e5f6g7h8",
    "sk-ABcdEFghIJklMNop",
    "sk-abcd1efg-hijk2lmn",
    "sk-a_b-abcd1efg%5Fhijk23lmn",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\nabc",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----",
  ])("is found in a text: %s", (text) => {
    expect(holdsSecret(text)).toBe(true);
  });

  test.each([
    "cert_abc",
    "disk-1/partition",
    "risk-assessment",
    "-----BEGIN CERTIFICATE-----",
    "sk-a",
    "SK-Bratislava gateway",
    "sk-bratislava-gateway-2027",
    "sk-admin-console",
    "sk-proj-gateway2027",
    "sk-MyCompanyVpnGateway",
    "sk-proj-k8s-gateway",
    "sk-proj-2027gateway",
    "sk-a1b2c3d4",
    "sk-abc1efg-hij2lmn-gateway",
    "sk-internationalization",
  ])("is not found where there is none: %s", (text) => {
    expect(holdsSecret(text)).toBe(false);
  });

  test("is taken out of a text, and the words around it stay", () => {
    const text = "use sk-admin-a1B2c3D4, or 'sk%2Dadmin%2Da1B2c3'; not sk-gateway";
    expect(redactSecrets(text)).toBe("use [redacted], or '[redacted]'; not sk-gateway");
  });

  test("is taken out of a text with its body when it is a private key, whole or cut", () => {
    const whole = "a -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- b";
    expect(redactSecrets(whole)).toBe("a [redacted] b");
    expect(redactSecrets(whole.replaceAll("PRIVATE", "RSA PRIVATE"))).toBe("a [redacted] b");
    expect(redactSecrets("a -----BEGIN EC PRIVATE KEY----- abc")).toBe("a [redacted]");
    expect(redactSecrets("-----BEGIN PRIVATE KEY----- a -----END CERTIFICATE----- b")).toBe(
      "[redacted]-----END CERTIFICATE----- b",
    );
  });
});

describe("the name of a certificate", () => {
  test("is accepted and shown when it is made of words", () => {
    fc.assert(
      fc.property(name, (given) => {
        expect(holdsSecret(given)).toBe(false);
        expect(formatCertificate({ id: "cert_a", name: given })).toBe(`cert_a ${JSON.stringify(given)}`);
      }),
    );
  });

  test("is refused and never shown when it holds a key", () => {
    fc.assert(
      fc.property(
        name,
        key,
        fc.boolean(),
        fc.constantFrom(" ", "'", "=", "/"),
        (words, secret, isEncoded, gap) => {
          const pasted = isEncoded ? encoded(secret) : secret;
          const given = `${words}${gap}${pasted}${gap}${words}`;
          expect(holdsSecret(given)).toBe(true);
          const shown = formatCertificate({ id: "cert_a", name: given });
          expect(shown).not.toContain(pasted.slice(0, 24));
          expect(shown).not.toContain(pasted.slice(-16));
        },
      ),
    );
  });
});

describe("a known secret", () => {
  test("is taken out whatever it looks like, also percent-encoded", () => {
    expect(redactKnown("use pass word/1, or pass%20word%2F1", "pass word/1")).toBe(
      "use [redacted], or [redacted]",
    );
  });

  test("is taken out when only its beginning is left", () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 16, max: 90 }), (secret, length) => {
        const cut = secret.slice(0, length);
        expect(redactKnown(`key: ${cut}… (cut)`, secret)).toBe("key: [redacted]… (cut)");
      }),
    );
  });

  test("keeps text with no more than a kind of key", () => {
    expect(redactKnown("an sk-admin- key", "sk-admin-a1B2c3D4e5F6")).toBe("an sk-admin- key");
  });
});

describe("a known key", () => {
  const breaks = fc.stringMatching(/^(?:\s|\\n|<br>|&#10;|%0A)+$/);

  test("that white space or markup broke leaves no recognizable part", () => {
    fc.assert(
      fc.property(
        key,
        fc.array(fc.tuple(fc.nat(), breaks), { minLength: 1, maxLength: 3 }),
        (known, cuts) => {
          let broken = known;
          for (const [at, text] of cuts) {
            const place = at % broken.length;
            broken = broken.slice(0, place) + text + broken.slice(place);
          }
          const redacted = redactKnown(`Incorrect API key provided: ${broken}.`, known);
          const body = known.replace(/^sk-(?:\w+-)?/, "");
          for (let start = 0; start + 12 <= body.length; start += 1)
            expect(redacted).not.toContain(body.slice(start, start + 12));
          expect(redacted).toMatch(/^Incorrect API key provided: /);
          expect(redacted).toMatch(/\.$/);
        },
      ),
    );
  });

  test("leaves words that are no part of it", () => {
    const text = "Incorrect API key provided; see https://platform.openai.com/account/api-keys.";
    fc.assert(
      fc.property(key, (known) => {
        expect(redactKnown(text, known)).toBe(text);
      }),
    );
  });
});
