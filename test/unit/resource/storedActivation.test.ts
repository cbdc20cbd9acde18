import { managedIds, parseStoredActivation } from "../../../provider/resource/storedActivation";

describe("a stored state", () => {
  test("gives the ids that it claims, whether they are verified or not", () => {
    const stored = parseStoredActivation({ certificateIds: { cert_a: "active", cert_b: "unverified" } });
    expect(managedIds(stored)).toEqual(new Set(["cert_a", "cert_b"]));
  });

  test("of an older version has the defaults of what that did not know", () => {
    expect(parseStoredActivation({ certificateIds: {} })).toMatchObject({
      exclusive: false,
      enforcementChange: "warn",
      unmanagedActiveCertificateIds: {},
    });
  });

  test("of a newer version is read as far as it is known", () => {
    expect(parseStoredActivation({ certificateIds: {}, inventedLater: [1] })).not.toHaveProperty(
      "inventedLater",
    );
  });

  test("distinguishes an empty set from one that was never written, as when a resource is read for the first time", () => {
    expect(parseStoredActivation({ certificateIds: {} }).certificateIds).toEqual({});
    const fresh = parseStoredActivation({});
    expect(fresh.certificateIds).toBeUndefined();
    expect(managedIds(fresh)).toEqual(new Set());
  });

  test.each([
    ["the body", undefined],
    ["the body", "text"],
    ["certificateIds", { certificateIds: "cert_a" }],
    ["certificateIds.cert_a", { certificateIds: { cert_a: "gone" } }],
    ["exclusive", { certificateIds: {}, exclusive: "yes" }],
    ["enforcementChange", { certificateIds: {}, enforcementChange: "panic" }],
    ["unmanagedActiveCertificateIds.cert_a", { unmanagedActiveCertificateIds: { cert_a: true } }],
  ])("whose fault is in %s is refused with that place and two ways out", (place, properties) => {
    const read = () => parseStoredActivation(properties);
    expect(read).toThrow(`(${place}: expected`);
    expect(read).toThrow(/restore it from the stack's history, or .+`pulumi state delete`/);
  });

  test("is refused without repeating a value of it", () => {
    const properties = { certificateIds: { cert_a: "sk-admin-secret" } };
    expect(() => parseStoredActivation(properties)).toThrow(/^(?!.*sk-admin-secret)/s);
  });
});
