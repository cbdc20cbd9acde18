import { setsAsMaps } from "../../../provider/resource/setShapes";

describe("the sets of a state", () => {
  test("that the plugin wrote as lists are maps with what is known of each id", () => {
    const listed = {
      certificateIds: ["cert_a"],
      unverifiedCertificateIds: ["cert_b"],
      unmanagedActiveCertificateIds: ["cert_c", "cert_d"],
      unmanagedStates: { cert_d: "declared", cert_e: "unverified" },
      exclusive: false,
    };
    expect(setsAsMaps(listed)).toEqual({
      certificateIds: { cert_a: "active", cert_b: "unverified" },
      unmanagedActiveCertificateIds: { cert_c: "active", cert_d: "declared", cert_e: "unverified" },
      exclusive: false,
    });
  });

  test("that are maps stay as they are", () => {
    const state = {
      certificateIds: { cert_a: "active" },
      unmanagedActiveCertificateIds: { cert_b: "declared" },
    };
    expect(setsAsMaps(state)).toEqual(state);
  });

  test("that were never written stay absent", () => {
    expect(setsAsMaps({ projectId: "proj_a" })).toEqual({ projectId: "proj_a" });
  });
});
