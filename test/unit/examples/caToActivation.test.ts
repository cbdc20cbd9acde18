import type * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";

type Inputs = Readonly<Record<string, unknown>>;

/** Runs the program of the example with mocks. @returns the arguments of each resource, by its type and name. */
async function declared(authorities: readonly string[]): Promise<ReadonlyMap<string, Inputs>> {
  const resources = new Map<string, Inputs>();
  // The program declares its resources when it is loaded, so each run loads it again, with an SDK of its own.
  jest.resetModules();
  const { runtime } = jest.requireActual<typeof pulumi>("@pulumi/pulumi");
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }: MockResourceArgs) => {
        const given = inputs as Inputs;
        resources.set(`${type.split(":").at(-1) ?? ""} ${name}`, given);
        const outputs = {
          certPem: `certificate of ${name}`,
          privateKeyPem: `key of ${name}`,
          certRequestPem: `request of ${name}`,
        };
        return { id: `id of ${name}`, state: { ...outputs, ...given } };
      },
    },
    "program",
  );
  runtime.setAllConfig({
    "program:authorities": JSON.stringify(authorities),
    "program:clients": JSON.stringify(["billing"]),
    "program:activate": "true",
  });
  jest.requireActual("../../../examples/ca-to-activation/index");
  await runtime.disconnect();
  return resources;
}

test("an authority has the extensions that the API requires, and is uploaded under its name", async () => {
  const resources = await declared(["gateway-2026"]);
  expect(resources.get("SelfSignedCert gateway-2026-ca")).toMatchObject({
    isCaCertificate: true,
    allowedUses: ["cert_signing", "crl_signing"],
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
  });
  expect(resources.get("Certificate gateway-2026")).toMatchObject({
    name: "gateway-2026",
    certificate: "certificate of gateway-2026-ca",
  });
});

test("during a renewal both authorities are active, and the new one issues the client certificates", async () => {
  const resources = await declared(["gateway-2026", "gateway-2027"]);
  expect(resources.get("OrgCertificateActivation mtls")).toMatchObject({
    certificateIds: ["id of gateway-2026", "id of gateway-2027"],
  });
  expect(resources.get("LocallySignedCert billing")).toMatchObject({
    caCertPem: "certificate of gateway-2027-ca",
    // Marked as secret, so it is encrypted in the state.
    caPrivateKeyPem: { value: "key of gateway-2027-ca" },
    allowedUses: ["digital_signature", "client_auth"],
    setSubjectKeyId: true,
    earlyRenewalHours: 720,
  });
});

test("a program without an authority is rejected", async () => {
  await expect(declared([])).rejects.toThrow("set at least one name in `authorities`");
});
