import { organizationChange } from "../../../provider/plugin/organizationChange";
import { secret } from "../../../provider/plugin/wire";
import type { Properties } from "../../../provider/resource/resource";
import { UNKNOWN } from "../../../provider/resource/resource";
import type { Configuration } from "../../../provider/session/currentConfiguration";
import { STACK } from "../../../provider/settings/settings";

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

const readFrom = (args: Properties) => (key: string) => {
  const value = args[key.replace("openai-certificates:", "")];
  return typeof value === "string" ? value : undefined;
};
const ofProgram = (args: Properties): Configuration => ({
  read: readFrom(args),
  source: { kind: "provider", name: "acme" },
});
const ofStack = (args: Properties): Configuration => ({ read: readFrom(args), source: STACK });

const A = { adminKey: "sk-a", baseUrl: "https://a.example/v1" };
const B = { adminKey: "sk-b", baseUrl: "https://b.example/v1" };

test("the arguments of a provider of the program are compared in clear, however the engine passes them", () => {
  expect(organizationChange({ ...A, adminKey: secret("sk-a") }, A, ofProgram(A))).toBe("same");
  expect(organizationChange(A, B, ofProgram(B))).toBe("other server");
});

test("a first client certificate at the vendor keeps the organization", () => {
  const before = { adminKey: "sk-a", baseUrl: "https://api.openai.com/v1" };
  const after = { ...before, baseUrl: "https://mtls.api.openai.com/v1", clientCertificate: "PEM" };
  expect(organizationChange(before, after, ofProgram(after))).toBe("same");
  expect(organizationChange({ adminKey: "sk-a" }, after, ofProgram(after))).toBe("same");
});

test("another version, or other settings than key, base URL and organization, keep the organization", () => {
  const after = { ...A, version: "0.2.0", timeoutSeconds: 5 };
  expect(organizationChange({ ...A, version: "1.0.0" }, after, ofProgram(after))).toBe("same");
});

test("what is not known in a preview is not certain", () => {
  const after = { adminKey: "sk-a", baseUrl: UNKNOWN };
  expect(organizationChange(A, after, ofProgram(after))).toBe("uncertain");
});

describe("settings of the environment", () => {
  test("that apply to both do not change", () => {
    process.env["OPENAI_BASE_URL"] = A.baseUrl;
    expect(organizationChange({}, {}, ofStack({}))).toBe("same");
  });

  test("are compared with those of a provider of the program", () => {
    process.env["OPENAI_BASE_URL"] = A.baseUrl;
    expect(organizationChange({}, B, ofProgram(B))).toBe("other server");
    expect(organizationChange(B, {}, ofStack({}))).toBe("other server");
    expect(organizationChange({}, A, ofProgram(A))).toBe("uncertain");
  });

  test("are not known when there is no variable any more", () => {
    delete process.env["OPENAI_BASE_URL"];
    expect(organizationChange({}, B, ofProgram(B))).toBe("uncertain");
  });

  test("do not decide where a key of the stack is sent", () => {
    process.env["OPENAI_BASE_URL"] = B.baseUrl;
    const { adminKey } = A;
    const after = { adminKey, organization: "org-a" };
    expect(organizationChange({ adminKey }, after, ofStack(after))).toBe("same");
  });
});

describe("the whole configuration of a stack, which the dynamic provider has", () => {
  test("is the same where the settings of the default connection are", () => {
    const olds = {
      "program:size": "3",
      "openai-certificates:adminKey": secret("sk-a"),
      "openai-certificates:baseUrl": A.baseUrl,
    };
    expect(organizationChange(olds, A, ofStack(A))).toBe("same");
  });

  test("never makes another organization certain, because a resource may use another connection", () => {
    const olds = { "openai-certificates:baseUrl": A.baseUrl, "acme:baseUrl": B.baseUrl };
    expect(organizationChange(olds, B, ofProgram(B))).toBe("uncertain");
  });
});
