import { canaryKey } from "../../support/canary";
import { isFoundByPublicScanner } from "../../support/publicScanner";
import { SecretScanner } from "../../support/secretScanner";

const KEY = canaryKey("scanner");

/** Where a scanner that looks for {@link KEY} finds it. */
function found(...values: readonly unknown[]): readonly string[] {
  const scanner = new SecretScanner([KEY]);
  for (const [index, value] of values.entries()) scanner.scan(`${index}`, value);
  return scanner.found;
}

describe("the scanner of secrets", () => {
  test.each<[string, unknown]>([
    ["as it is", `a ${KEY} b`],
    ["in an error", new Error(KEY)],
    ["as base64", Buffer.from(KEY).toString("base64")],
    ["percent-encoded", KEY.replaceAll("-", "%2D")],
    ["percent-encoded twice", KEY.replaceAll("-", "%252D")],
    ["as HTML", KEY.replaceAll("-", "&#45;")],
    ["in its second half, after white space", `[redacted]\n${KEY.slice(80)}`],
  ])("finds a key %s", (_, value) => {
    expect(found("harmless", value)).toEqual(["1"]);
  });

  test("finds nothing in other texts", () => {
    expect(found("sk-admin-", "[redacted]", { key: "sk-gateway" })).toEqual([]);
  });

  test("finds a key that it does not know, because a public scanner does", () => {
    expect(found(`a ${canaryKey("another")} b`)).toEqual(["0, as a public scanner says"]);
    expect(isFoundByPublicScanner("sk-admin-a1B2c3D4")).toBe(false);
  });
});
