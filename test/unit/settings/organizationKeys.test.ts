import { organizationKeys } from "../../../provider/settings/organizationKeys";
import { settingsOf } from "./resolved";
import type { Given } from "./resolved";

const KEY = { adminKey: "sk-a" };
const OTHER_KEY = { adminKey: "sk-b" };
const ORGANIZATION = { organization: "org-a" };

const keysOf = (given: Given): ReadonlySet<string> => new Set(organizationKeys(settingsOf(given)));
const haveKeyInCommon = (one: Given, other: Given) => !keysOf(one).isDisjointFrom(keysOf(other));

describe("two connections reach the same organization", () => {
  test.each<[string, Given, Given]>([
    ["with the same admin key", KEY, KEY],
    ["without a key, which may come from elsewhere", {}, {}],
    [
      "with one admin key and different names of the organization",
      { ...KEY, ...ORGANIZATION },
      { ...KEY, organization: "org-b" },
    ],
    [
      "with two admin keys of one organization",
      { ...KEY, ...ORGANIZATION },
      { ...OTHER_KEY, ...ORGANIZATION },
    ],
    [
      "through two hosts of the vendor",
      { ...KEY, baseUrl: "https://api.openai.com/v1" },
      { ...KEY, baseUrl: "https://mtls-eu.api.openai.com/v1" },
    ],
    ["through the default host and one of the vendor's", KEY, { ...KEY, baseUrl: "https://openai.com/v1" }],
    [
      "through two paths of one server",
      { ...KEY, baseUrl: "https://proxy.example/a" },
      { ...KEY, baseUrl: "https://proxy.example/b/v1" },
    ],
    ["when one of the URLs is not valid, so that nothing is sent there", KEY, { ...KEY, baseUrl: "proxy" }],
  ])("%s", (_, one, other) => {
    expect(haveKeyInCommon(one, other)).toBe(true);
  });
});

describe("two connections do not reach the same organization for certain", () => {
  test.each<[string, Given, Given]>([
    ["with two admin keys", KEY, OTHER_KEY],
    ["when only one names an organization", { ...KEY, ...ORGANIZATION }, OTHER_KEY],
    [
      "when the key of one is the organization of the other",
      { adminKey: "org-a" },
      { ...OTHER_KEY, ...ORGANIZATION },
    ],
    ["on two servers", KEY, { ...KEY, baseUrl: "https://proxy.example/v1" }],
    [
      "on two ports of a host",
      { ...KEY, baseUrl: "http://127.0.0.1:1" },
      { ...KEY, baseUrl: "http://127.0.0.1:2" },
    ],
    [
      "on a host whose name begins like one of the vendor's",
      KEY,
      { ...KEY, baseUrl: "https://openai.com.example/v1" },
    ],
    [
      "on a host whose name ends like one of the vendor's",
      KEY,
      { ...KEY, baseUrl: "https://my-openai.com/v1" },
    ],
  ])("%s", (_, one, other) => {
    expect(haveKeyInCommon(one, other)).toBe(false);
  });
});

test("a connection has one key, or two when it names its organization", () => {
  expect(keysOf(KEY).size).toBe(1);
  expect(keysOf({ ...KEY, ...ORGANIZATION }).size).toBe(2);
});
