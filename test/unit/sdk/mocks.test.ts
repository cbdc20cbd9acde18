import { output, runtime } from "@pulumi/pulumi";
import type { Input, Output } from "@pulumi/pulumi";
import * as dynamic from "../../../sdk";
import * as plugin from "../../../sdk/plugin";

/** What the tests of programs pass to `setMocks`, as in Pulumi's documentation: the inputs are the state. */
const returnsInputs = {
  call: () => ({}),
  newResource: ({ name, inputs }: runtime.MockResourceArgs) => ({
    id: `${name}_id`,
    state: inputs as Record<string, unknown>,
  }),
};

const valueOf = <T>(value: Input<T> | Output<T>): Promise<unknown> =>
  new Promise((resolve) => {
    output(value).apply(resolve);
  });

describe.each([
  ["the dynamic provider", dynamic],
  ["the plugin", plugin],
])("with the mocks of a program's own tests, for %s,", (_, sdk) => {
  const given = ["cert_b", output("cert_a"), "cert_b"];

  beforeAll(() => runtime.setMocks(returnsInputs));

  test("the ids of activations are those that the program passed", async () => {
    const certificateIds = given;
    const organization = new sdk.OrgCertificateActivation("org", { certificateIds });
    const project = new sdk.ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds });
    expect(await valueOf(organization.certificateIds)).toEqual(["cert_a", "cert_b"]);
    expect(await valueOf(project.certificateIds)).toEqual(["cert_a", "cert_b"]);
    expect(await valueOf(project.projectId)).toBe("proj_a");
    expect(await valueOf(organization.unmanagedActiveCertificateIds)).toEqual([]);
  });

  test("those of the component are the uploads' and those that the program passed", async () => {
    const trusted = new sdk.TrustedCertificates("trusted", {
      certificates: { gateway: "PEM" },
      certificateIds: ["cert_a"],
    });
    expect(await valueOf(trusted.certificateIds)).toEqual(["cert_a", "trusted-gateway_id"]);
    expect(await valueOf(trusted.uploads["gateway"]?.certificate)).toBe("PEM");
  });

  test("an uploaded certificate has the arguments as its outputs", async () => {
    const certificate = new sdk.Certificate("ca", { certificate: "PEM", name: "gateway" });
    expect(await valueOf(certificate.id)).toBe("ca_id");
    expect(await valueOf(certificate.name)).toBe("gateway");
  });

  test("mocks that return the map of a state are understood, too", async () => {
    await runtime.setMocks({
      ...returnsInputs,
      newResource: ({ name }) => ({
        id: name,
        state: {
          certificateIds: { cert_b: "active", cert_a: "active" },
          unmanagedActiveCertificateIds: { cert_z: "active" },
        },
      }),
    });
    const mtls = new sdk.OrgCertificateActivation("mtls", { certificateIds: given });
    expect(await valueOf(mtls.certificateIds)).toEqual(["cert_a", "cert_b"]);
    expect(await valueOf(mtls.unmanagedActiveCertificateIds)).toEqual(["cert_z"]);
  });
});
