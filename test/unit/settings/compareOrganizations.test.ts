import { compareOrganizations } from "../../../provider/settings/compareOrganizations";
import type { OrganizationSettings } from "../../../provider/settings/compareOrganizations";
import { serverOf } from "../../../provider/settings/hosts";

const KEY = { adminKey: "sk-a" };
const VENDOR = { server: "vendor" };
const GATEWAY = { server: "https://gateway.example" };
const OTHER_GATEWAY = { server: "https://other.example" };

test.each<[string, OrganizationSettings, OrganizationSettings, string]>([
  ["the same settings", { ...VENDOR, ...KEY }, { ...VENDOR, ...KEY }, "same"],
  ["a first organization id", { ...VENDOR, ...KEY }, { ...VENDOR, ...KEY, organization: "org-a" }, "same"],
  [
    "another key with the same organization id",
    { ...VENDOR, ...KEY, organization: "org-a" },
    { ...VENDOR, adminKey: "sk-b", organization: "org-a" },
    "same",
  ],
  ["another key", { ...VENDOR, ...KEY }, { ...VENDOR, adminKey: "sk-b" }, "uncertain"],
  ["a key that came from the environment", VENDOR, { ...VENDOR, ...KEY }, "uncertain"],
  ["a base URL that is not known", KEY, { ...VENDOR, ...KEY }, "uncertain"],
  ["a gateway with the vendor's key", { ...VENDOR, ...KEY }, { ...GATEWAY, ...KEY }, "uncertain"],
  ["a gateway with another key", { ...VENDOR, ...KEY }, { ...GATEWAY, adminKey: "sk-b" }, "other server"],
  ["a gateway with a key that came from the environment", GATEWAY, { ...VENDOR, ...KEY }, "uncertain"],
  ["another server with the same key", { ...GATEWAY, ...KEY }, { ...OTHER_GATEWAY, ...KEY }, "other server"],
  [
    "another organization id",
    { ...VENDOR, organization: "org-a" },
    { ...VENDOR, organization: "org-b" },
    "other organization",
  ],
])("%s: compared by what is known", (_title, before, after, change) => {
  expect(compareOrganizations(before, after)).toBe(change);
});

test.each([
  "https://api.openai.com/v1",
  "https://api.openai.com./v1",
  "https://API.OPENAI.COM:443/v1",
  "https://mtls.api.openai.com:8443/v1",
  "https://mtls-eu.api.openai.com/v1",
])("%s is the vendor's server", (baseUrl) => {
  expect(serverOf(baseUrl)).toBe("vendor");
});

test.each([
  ["https://gateway.example/v1", "https://GATEWAY.example.:443/other"],
  ["http://127.0.0.1:8080/v1", "http://localhost:8080"],
])("%s and %s are one server", (one, other) => {
  expect(serverOf(one)).toBe(serverOf(other));
});

test.each(["https://api.openai.com.example/v1", "https://my-openai.com", "https://gateway.example:8443"])(
  "%s is a server of its own",
  (baseUrl) => {
    expect(serverOf(baseUrl)).toBe(new URL(baseUrl).origin);
  },
);
