import { certificatesIn, declaredIds, isActivation } from "../../../examples/policy/activation";
import { hasClients } from "../../../examples/policy/rules/clients";
import { enforcementNeedsLabel, LABEL, labelsIn } from "../../../examples/policy/rules/enforcement";
import { exclusiveIsNotEmpty } from "../../../examples/policy/rules/exclusive";
import { noneExpires } from "../../../examples/policy/rules/expiry";
import { hasSpare } from "../../../examples/policy/rules/spare";

const activeById = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, "active"]));

describe("the policies apply to", () => {
  test.each([
    ["pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation", true],
    ["pulumi-nodejs:dynamic/openai-certificates:ProjectCertificateActivation", true],
    ["openai-certificates:index:OrgCertificateActivation", true],
    ["openai-certificates:index:ProjectCertificateActivation", true],
    ["pulumi-nodejs:dynamic/openai-certificates:Certificate", false],
    ["openai-certificates:index:Certificate", false],
    ["pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivationPlus", false],
    ["pulumi:pulumi:Stack", false],
  ])("%s: %s", (type, expected) => {
    expect(isActivation(type)).toBe(expected);
  });
});

test("the declared ids are the keys of a map, or the elements of the plugin's list", () => {
  expect(declaredIds(activeById("cert_a", "cert_b"))).toEqual(["cert_a", "cert_b"]);
  expect(declaredIds(["cert_a", "cert_b"])).toEqual(["cert_a", "cert_b"]);
});

describe("a change of enforcement", () => {
  test.each([
    ["refuse", [], true],
    ["refuse", [LABEL], true],
    ["warn", [LABEL, "other"], true],
    ["warn", ["other"], false],
    ["warn", [`${LABEL}-not`], false],
    ["warn", [], false],
  ] as const)("is allowed with %j and the labels %j: %s", (enforcementChange, labels, passes) => {
    expect(enforcementNeedsLabel({ enforcementChange }, labels).length === 0).toBe(passes);
  });

  test("is reported with both remedies", () => {
    const [violation = ""] = enforcementNeedsLabel({ enforcementChange: "warn" }, []);
    expect(violation).toContain('Set it to "refuse"');
    expect(violation).toContain(LABEL);
  });
});

describe("the labels of a pull request", () => {
  test.each([
    [undefined, []],
    ["", []],
    ["[]", []],
    ['["a, b", "c"]', ["a, b", "c"]],
  ])("are parsed from %j as %j", (text, labels) => {
    expect(labelsIn(text)).toEqual(labels);
  });

  test.each(['{"a": 1}', "[1]", `"${LABEL}"`, LABEL])("are not accepted as %s", (text) => {
    expect(() => labelsIn(text)).toThrow();
  });
});

describe("the validity of certificates", () => {
  const now = Date.UTC(2030, 0, 1) / 1000;
  const day = 86_400;
  const expiring = (expiresAt?: number) => ({
    id: "cert_a",
    name: "Gateway",
    certificateDetails: expiresAt === undefined ? {} : { expiresAt },
  });

  test.each([
    ["well after the limit", now + 31 * day, 0],
    ["a second after the limit", now + 30 * day + 1, 0],
    ["at the limit", now + 30 * day, 1],
    ["within it", now + day, 1],
    ["in the past", now - day, 1],
    ["at an unknown time", undefined, 0],
  ])("that ends %s (%p) causes %d violations", (_when, expiresAt, count) => {
    expect(noneExpires([expiring(expiresAt)], 30, now)).toHaveLength(count);
  });

  test("is reported with name and day, one violation for each certificate", () => {
    const nameless = { id: "cert_b", name: null, certificateDetails: { expiresAt: now - day } };
    expect(noneExpires([expiring(now + day), nameless], 30, now)).toEqual([
      'cert_a "Gateway" expires on 2030-01-02, less than 30 days from now',
      "cert_b expired on 2029-12-31, less than 30 days from now",
    ]);
  });

  test("is read from the outputs of an activation, where the certificates are keyed by id", () => {
    const { id, ...rest } = expiring(now);
    expect(certificatesIn({ certificates: { [id]: rest } })).toEqual([{ id, ...rest }]);
    expect(certificatesIn({})).toEqual([]);
  });
});

describe("certificateIds", () => {
  test.each([
    [[], 2, false],
    [["a"], 2, false],
    [["a", "b"], 2, true],
    [["a", "b"], 3, false],
    [[], 0, true],
  ])("%j has at least %d certificates: %s", (ids, minimum, passes) => {
    expect(hasSpare({ certificateIds: activeById(...ids) }, minimum).length === 0).toBe(passes);
  });

  test.each([
    [true, [], false],
    [true, ["a"], true],
    [false, [], true],
  ])("with exclusive: %s may be %j: %s", (exclusive, ids, passes) => {
    expect(exclusiveIsNotEmpty({ exclusive, certificateIds: activeById(...ids) }).length === 0).toBe(passes);
  });
});

describe("known clients", () => {
  const clients = { billing: "PEM" };

  test.each([
    ["a client", { certificateIds: ["cert_a"], clients }, []],
    ["no client", { certificateIds: ["cert_a"] }, ["clients is empty"]],
    ["no client and no certificate", { certificateIds: {} }, []],
    [
      "a client that may be locked out",
      { certificateIds: ["cert_a"], clients, clientLockout: "warn" },
      ["clientLockout"],
    ],
  ] as const)("of an activation with %s cause %#", (_, activation, expected) => {
    const violations = hasClients(activation);
    expect(violations).toHaveLength(expected.length);
    expected.forEach((text, index) => {
      expect(violations[index]).toContain(text);
    });
  });
});
