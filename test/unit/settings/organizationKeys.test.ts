import { organizationKeys } from "../../../provider/settings/organizationKeys";
import { Settings } from "../../../provider/settings/settings";

interface Given {
  readonly adminKey?: string;
  readonly baseUrl?: string;
  readonly organization?: string;
}

function keysOf(given: Given): ReadonlySet<string> {
  const config = new Map(
    Object.entries(given).map(([name, value]) => [`openai-certificates:${name}`, String(value)]),
  );
  return new Set(organizationKeys(new Settings((key) => config.get(key), {}, "openai-certificates")));
}

describe("two connections reach the same organization", () => {
  test.each<[string, Given, Given]>([
    ["with the same admin key", { adminKey: "sk-a" }, { adminKey: "sk-a" }],
    ["without a key, which may come from elsewhere", {}, {}],
    [
      "with one admin key and different names of the organization",
      { adminKey: "sk-a", organization: "org-a" },
      { adminKey: "sk-a", organization: "org-b" },
    ],
    [
      "with two admin keys of one organization",
      { adminKey: "sk-a", organization: "org-a" },
      { adminKey: "sk-b", organization: "org-a" },
    ],
    [
      "through two hosts of the vendor",
      { adminKey: "sk-a", baseUrl: "https://api.openai.com/v1" },
      { adminKey: "sk-a", baseUrl: "https://mtls-eu.api.openai.com/v1" },
    ],
    [
      "through the default host and one of the vendor's",
      { adminKey: "sk-a" },
      { adminKey: "sk-a", baseUrl: "https://openai.com/v1" },
    ],
    [
      "through two paths of one server",
      { adminKey: "sk-a", baseUrl: "https://proxy.example/a" },
      { adminKey: "sk-a", baseUrl: "https://proxy.example/b/v1" },
    ],
    [
      "when one of the URLs is not valid, so that nothing is sent there",
      { adminKey: "sk-a" },
      { adminKey: "sk-a", baseUrl: "proxy" },
    ],
  ])("%s", (_, one, other) => {
    expect(keysOf(one).isDisjointFrom(keysOf(other))).toBe(false);
  });
});

describe("two connections do not reach the same organization for certain", () => {
  test.each<[string, Given, Given]>([
    ["with two admin keys", { adminKey: "sk-a" }, { adminKey: "sk-b" }],
    [
      "when only one names an organization",
      { adminKey: "sk-a", organization: "org-a" },
      { adminKey: "sk-b" },
    ],
    [
      "when the key of one is the organization of the other",
      { adminKey: "org-a" },
      { adminKey: "sk-b", organization: "org-a" },
    ],
    ["on two servers", { adminKey: "sk-a" }, { adminKey: "sk-a", baseUrl: "https://proxy.example/v1" }],
    [
      "on two ports of a host",
      { adminKey: "sk-a", baseUrl: "http://127.0.0.1:1" },
      { adminKey: "sk-a", baseUrl: "http://127.0.0.1:2" },
    ],
    [
      "on a host whose name begins like one of the vendor's",
      { adminKey: "sk-a" },
      { adminKey: "sk-a", baseUrl: "https://openai.com.example/v1" },
    ],
    [
      "on a host whose name ends like one of the vendor's",
      { adminKey: "sk-a" },
      { adminKey: "sk-a", baseUrl: "https://my-openai.com/v1" },
    ],
  ])("%s", (_, one, other) => {
    expect(keysOf(one).isDisjointFrom(keysOf(other))).toBe(true);
  });
});

test("a connection has one key, or two when it names its organization", () => {
  expect(keysOf({ adminKey: "sk-a" }).size).toBe(1);
  expect(keysOf({ adminKey: "sk-a", organization: "org-a" }).size).toBe(2);
});
