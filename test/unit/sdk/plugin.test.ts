import { runtime } from "@pulumi/pulumi";
import { version } from "../../../package.json";
import { SETTINGS } from "../../../provider/settings/settings";
import type { ProviderArgs } from "../../../sdk/plugin";
import {
  Certificate,
  getCertificate,
  getCertificates,
  getCertificatesOutput,
  OrgCertificateActivation,
  TrustedCertificates,
} from "../../../sdk/plugin";
import { downloadUrl } from "../../../sdk/plugin/downloadUrl";
import { invokeOptions, resourceOptions } from "../../../sdk/plugin/pluginOptions";

const LISTED = { id: "cert_a", active: true, certificateDetails: {} };

let registered: { readonly type: string; readonly name: string; readonly id: string | undefined }[];
let called: { readonly token: string; readonly inputs: unknown }[];
beforeEach(async () => {
  registered = [];
  called = [];
  await runtime.setMocks({
    newResource({ type, name, id: read }) {
      const id = read === "" ? undefined : read;
      registered.push({ type, name, id });
      return { id: id ?? name, state: type.endsWith("Activation") ? { certificateIds: ["cert_a"] } : {} };
    },
    call({ token, inputs }) {
      called.push({ token, inputs: { ...inputs } });
      // The engine leaves out null, so a certificate without a name has none.
      return token.endsWith("getCertificates") ? { certificates: [LISTED] } : LISTED;
    },
  });
});

const valueOf = <T>(output: { apply(use: (value: T) => unknown): unknown }): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

describe("a resource of the plugin", () => {
  test("has the plugin's type, and its outputs are those of the plugin", async () => {
    const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_a"] });
    expect(await valueOf(mtls.certificateIds)).toEqual(["cert_a"]);
    expect(registered).toEqual([
      { type: "openai-certificates:index:OrgCertificateActivation", name: "mtls", id: undefined },
    ]);
  });

  test("is read by its id without being managed", async () => {
    await valueOf(OrgCertificateActivation.get("mtls").id);
    await valueOf(Certificate.get("gateway", "cert_a").id);
    expect(registered.map(({ id }) => id)).toEqual(["organization", "cert_a"]);
  });

  test("is part of the same component as the dynamic resource, so that the component stays the same", async () => {
    const trusted = new TrustedCertificates("mtls", { certificates: { gateway: "PEM" } });
    expect(await valueOf(trusted.certificateIds)).toEqual(["cert_a"]);
    expect(registered.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "openai-certificates:index:TrustedCertificates mtls",
      "openai-certificates:index:Certificate mtls-gateway",
      "openai-certificates:index:OrgCertificateActivation mtls",
    ]);
  });

  test("requires the plugin of the package's version, and takes over the dynamic resource of the same name", () => {
    expect(resourceOptions("Certificate")).toEqual({
      version,
      aliases: [{ type: "pulumi-nodejs:dynamic/openai-certificates:Certificate" }],
    });
  });

  test("keeps the options of the program", () => {
    const options = { version: "9.0.0", protect: true, aliases: [{ name: "old" }] };
    expect(resourceOptions("Certificate", options)).toEqual({
      version: "9.0.0",
      protect: true,
      aliases: [{ name: "old" }, { type: "pulumi-nodejs:dynamic/openai-certificates:Certificate" }],
    });
  });
});

test("the provider takes each setting of the stack's configuration as an argument", () => {
  const args: Readonly<Record<keyof ProviderArgs, true>> = {
    adminKey: true,
    baseUrl: true,
    organization: true,
    clientCertificate: true,
    clientKey: true,
    clientKeyPassphrase: true,
    caBundle: true,
    timeoutSeconds: true,
    retryTimeoutSeconds: true,
    verifyInPreview: true,
  };
  expect(Object.keys(args)).toEqual(Object.keys(SETTINGS));
});

describe("a function of the plugin", () => {
  test("calls the plugin with its arguments", async () => {
    expect(await getCertificates({ active: true })).toEqual([{ ...LISTED, name: null }]);
    expect(await getCertificate({ id: "cert_a" })).toEqual({ ...LISTED, name: null });
    expect(called).toEqual([
      { token: "openai-certificates:index:getCertificates", inputs: { active: true } },
      { token: "openai-certificates:index:getCertificate", inputs: { id: "cert_a" } },
    ]);
  });

  test("has a form for arguments that are Outputs", async () => {
    const project = new Certificate("gateway", { certificate: "PEM" }).id;
    expect(await valueOf(getCertificatesOutput({ projectId: project }))).toEqual([{ ...LISTED, name: null }]);
    expect(called.map(({ inputs }) => inputs)).toEqual([{ projectId: "gateway" }]);
  });

  test("requires the plugin of the package's version", () => {
    expect(invokeOptions()).toEqual({ version });
  });
});

describe("the address from which the engine downloads the plugin", () => {
  test.each([
    ["git+https://github.com/acme/pulumi-openai-certificates.git"],
    ["https://github.com/acme/pulumi-openai-certificates"],
  ])("is that of the releases of the package's repository %s", (url) => {
    const expected = "github://api.github.com/acme/pulumi-openai-certificates";
    expect(downloadUrl({ version, repository: { url } })).toBe(expected);
    expect(downloadUrl({ version, repository: url })).toBe(expected);
  });

  test.each([[undefined], ["https://git.example.com/acme/certificates.git"]])(
    "is unknown when the repository is %s",
    (repository) => {
      expect(downloadUrl({ version, ...(repository !== undefined && { repository }) })).toBeUndefined();
    },
  );
});
