import { misspelledSettings } from "../../../provider/settings/misspelledSettings";
import { SETTINGS } from "../../../provider/settings/settings";

describe("a key of the namespace that looks like a setting", () => {
  test.each([
    ["openai-certificates:organisation", "openai-certificates:organization"],
    ["openai-certificates:adminkey", "openai-certificates:adminKey"],
    ["openai-certificates:caBundel", "openai-certificates:caBundle"],
  ])("(%s) is reported with the nearest name", (key, meant) => {
    expect(misspelledSettings("openai-certificates", [key])).toEqual([
      `${key} is not a setting of pulumi-openai-certificates. If ${meant} is meant, rename it.`,
    ]);
  });

  test("is that of the connection", () => {
    const keys = ["openai-certificates:baseUlr", "acme:baseUlr", "aws:regoin"];
    expect(misspelledSettings("acme", keys)).toEqual([
      "acme:baseUlr is not a setting of pulumi-openai-certificates. If acme:baseUrl is meant, rename it.",
    ]);
  });
});

test("settings, and keys of the user's own, are left alone", () => {
  const own = ["ids", "certificateIds", "gatewayCertificate", "region", "version", "pluginDownloadURL"];
  const keys = [...Object.keys(SETTINGS), ...own].map((name) => `openai-certificates:${name}`);
  expect(misspelledSettings("openai-certificates", keys)).toEqual([]);
});
