import { output, runtime } from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import { OrgCertificateActivation, TrustedCertificates } from "../../../sdk";

const details = (name: string) => ({
  name,
  active: true,
  createdAt: 1_700_000_000,
  certificateDetails: { validAt: 1_700_000_000, expiresAt: 1_800_000_000 },
});

/** What the provider returns for an activation, as the state holds it. */
const STATE = {
  certificateIds: { cert_a: "active", cert_b: "active" },
  certificates: { cert_a: details("a"), cert_b: details("b") },
  enforced: true,
  unmanagedActiveCertificateIds: { cert_z: "active", cert_y: "declared" },
  earliestExpiresAt: 1_800_000_000,
};

beforeAll(() =>
  runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, name }) => ({
      id: name,
      state: type.endsWith("Activation") ? STATE : { certificate: "PEM" },
    }),
  }),
);

const valueOf = <T>(output: Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

describe("the outputs of an activation", () => {
  test("hold the certificates keyed by id, as the state does", async () => {
    const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_a", "cert_b"] });
    expect(await valueOf(mtls.certificates)).toEqual(STATE.certificates);
    expect(await valueOf(output(mtls.certificates["cert_a"]?.name))).toBe("a");
  });

  test("hold ids as sorted lists", async () => {
    const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_b", "cert_a"] });
    expect(await valueOf(mtls.certificateIds)).toEqual(["cert_a", "cert_b"]);
    expect(await valueOf(mtls.unmanagedActiveCertificateIds)).toEqual(["cert_y", "cert_z"]);
  });

  test("are those of TrustedCertificates, too", async () => {
    const trusted = new TrustedCertificates("trusted", { certificates: { gateway: "PEM" } });
    expect(await valueOf(trusted.certificates)).toEqual(STATE.certificates);
    expect(await valueOf(trusted.certificateIds)).toEqual(["cert_a", "cert_b"]);
  });
});
