import * as fc from "fast-check";
import {
  isFromDynamicResource,
  toListedInputs,
  toListedState,
  toMaps,
} from "../../../provider/plugin/shapes";
import { UNKNOWN } from "../../../provider/resource/resource";

const ids = fc.uniqueArray(fc.stringMatching(/^cert_[a-z0-9]{1,4}$/), { maxLength: 12 });
const setOf = (...states: readonly string[]) =>
  ids.chain((each) =>
    fc
      .array(fc.constantFrom(...states), { minLength: each.length, maxLength: each.length })
      .map((values) => Object.fromEntries(each.map((id, index) => [id, values[index]]))),
  );
const states = fc.record({
  certificateIds: setOf("active", "unverified"),
  unmanagedActiveCertificateIds: setOf("active", "unverified", "declared"),
  exclusive: fc.boolean(),
  certificates: fc.constant({ cert_a: { name: null, active: true, certificateDetails: {} } }),
});

describe("the state of an activation", () => {
  test("is the same for the core after it was stored in the plugin's shape", () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(toMaps(toListedState(state))).toEqual(state);
      }),
    );
  });

  test("has sorted lists of the ids that are known to be active", () => {
    const state = {
      certificateIds: { cert_b: "active", cert_a: "active", cert_c: "unverified" },
      unmanagedActiveCertificateIds: { cert_f: "declared", cert_e: "active", cert_d: "unverified" },
    };
    expect(toListedState(state)).toEqual({
      certificateIds: ["cert_a", "cert_b"],
      unverifiedCertificateIds: ["cert_c"],
      unmanagedActiveCertificateIds: ["cert_e", "cert_f"],
      unmanagedStates: { cert_d: "unverified", cert_f: "declared" },
    });
  });

  test("that the dynamic resource wrote is read as it is, without what only that resource has", () => {
    const dynamic = {
      __provider: "text",
      connection: "acme",
      certificateIds: { cert_a: "active" },
      exclusive: true,
    };
    expect(toMaps(dynamic)).toEqual({ certificateIds: { cert_a: "active" }, exclusive: true });
    expect(toListedState(dynamic)).toMatchObject({ certificateIds: ["cert_a"], exclusive: true });
    expect(toListedState(dynamic)).not.toHaveProperty("__provider");
    expect(toListedState(dynamic)).not.toHaveProperty("connection");
  });

  test("is empty for the first read of an existing resource", () => {
    expect(toMaps({})).toEqual({});
  });
});

describe("the inputs of an activation", () => {
  test("are a sorted list, which the core reads as a map", () => {
    const inputs = { certificateIds: { cert_b: "active", cert_a: "active" }, exclusive: false };
    expect(toListedInputs(inputs)).toEqual({ certificateIds: ["cert_a", "cert_b"], exclusive: false });
    expect(toMaps(toListedInputs(inputs))).toEqual(inputs);
  });

  test("stay unknown in a preview", () => {
    expect(toListedInputs({ certificateIds: UNKNOWN })).toEqual({ certificateIds: UNKNOWN });
    expect(toMaps({ certificateIds: UNKNOWN })).toEqual({ certificateIds: UNKNOWN });
  });
});

test.each([
  [{ certificateIds: { cert_a: "active" } }, true],
  [{ certificate: "-----BEGIN CERTIFICATE-----", __provider: "text" }, true],
  [{ certificateIds: ["cert_a"] }, false],
  [{ certificate: "-----BEGIN CERTIFICATE-----" }, false],
  [{}, false],
])("%j was written by the dynamic resource: %p", (state, expected) => {
  expect(isFromDynamicResource(state)).toBe(expected);
});
