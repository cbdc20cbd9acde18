import { parseCaCertificate } from "../../../provider/certificate/caCertificate";
import { holdsPrivateKey } from "../../../provider/certificate/holdsPrivateKey";

describe("a trace of a private key", () => {
  test.each([
    "-----BEGIN PRIVATE KEY-----",
    "-----END EC PRIVATE KEY-----",
    "begin encrypted private\nkey",
    "--BEGIN\tRSA PRIVATE  KEY",
    "the words begin and end first, then BEGIN PRIVATE KEY",
  ])("is found in %j", (text) => {
    expect(holdsPrivateKey(text)).toBe(true);
  });

  test.each([
    "",
    "-----BEGIN CERTIFICATE-----",
    "the private key lies elsewhere",
    "BEGIN: PRIVATE KEY",
    "PRIVATE KEY, END CERTIFICATE",
    "WEEKEND PRIVATE KEY",
    "the private key comes before the END CERTIFICATE",
  ])("is not found in %j", (text) => {
    expect(holdsPrivateKey(text)).toBe(false);
  });

  test.each(["BEGIN ", "BEGIN PRIVATE ", "BEGIN PRIVATE".padEnd(100), " "])(
    "is searched in 4 MB of %j without taking its square of time",
    (part) => {
      expect(holdsPrivateKey(part.repeat(4_000_000 / part.length))).toBe(false);
    },
  );
});

test("a text that is too large is refused by its size, without a search", () => {
  const parsed = parseCaCertificate("BEGIN ".repeat(1_000_000));
  expect(parsed).toEqual({ problem: expect.stringMatching(/^has 6000000 bytes/) as string });
});
