import fc from "fast-check";
import { MAX_CHARACTERS, sanitize } from "../../../provider/shared/sanitize";

const STEERING = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Any text, with far more of what matters here than chance would give. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u001b[2J", "\r", "\n", "\u0000", "\u009b31m", "\u202e", "\u2066", "\u2028", " "),
      fc.string({ minLength: 100, maxLength: 600 }),
    ),
  )
  .map((parts) => parts.join(""));

describe("sanitized text", () => {
  test("holds nothing that could steer a terminal, on one line", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(sanitize(given)).not.toMatch(STEERING);
      }),
    );
  });

  test("is never longer than its bound and the sign that it was cut", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(sanitize(given).length).toBeLessThanOrEqual(MAX_CHARACTERS + 1);
      }),
    );
  });

  test("stays the same when it is sanitized again", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(sanitize(sanitize(given))).toBe(sanitize(given));
      }),
    );
  });

  test.each([
    ["Zertifikat für Ω – 証明書 👍", "Zertifikat für Ω – 証明書 👍"],
    ["first\r\n\tsecond", "first second"],
    ["\u001b[31mred\u001b[0m", "[31mred [0m"],
    ["\n  framed \n", "framed"],
    ["", ""],
    ["x".repeat(MAX_CHARACTERS), "x".repeat(MAX_CHARACTERS)],
    ["x".repeat(MAX_CHARACTERS + 1), `${"x".repeat(MAX_CHARACTERS)}…`],
  ])("of %j is %j", (given, shown) => {
    expect(sanitize(given)).toBe(shown);
  });
});
