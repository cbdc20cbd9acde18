import { dynamicProvider } from "../../provider/dynamic/dynamicProvider";
import type { Properties } from "../../provider/dynamic/protocol";
import { activationResource } from "../../provider/resource/activationResource";
import { issueCa } from "../emulator/certificates/issue";
import {
  calls,
  create,
  created,
  emulator,
  endpoints,
  existing,
  issued,
  newProcess,
  printed,
  provider,
  restartEmulator,
  settings,
} from "./certificateFixture";

describe("an organization that holds 50 certificates", () => {
  beforeEach(() => {
    emulator.seed(Array.from({ length: 49 }, (_, at) => ({ id: `cert_${at}`, active: true })));
    emulator.seed([{ id: "cert_spare", name: "spare" }]);
  });

  test("causes a warning that names certificates to delete, and the API decides", async () => {
    await expect(create()).rejects.toThrow("HTTP 400 certificate_limit_exceeded");
    expect(printed()).toEqual([
      expect.stringMatching(
        /^warning: the organization holds 50 certificates, and the documented limit is 50.+possibly in a project: cert_spare "spare"/,
      ) as string,
    ]);
    expect(endpoints()).toEqual(["list", "upload"]);
  });

  test("accepts another certificate when the API has a higher limit", async () => {
    await restartEmulator({ maxCertificates: 51 });
    emulator.seed(Array.from({ length: 50 }, (_, at) => ({ id: `cert_${at}`, active: true })));
    await create();
    expect(emulator.certificates).toHaveLength(51);
  });

  test("accepts one more certificate after a delete, but not two concurrent ones", async () => {
    emulator.remove("cert_spare");
    const results = await Promise.allSettled([create("one"), create("two")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(calls()).toEqual({ list: 2, upload: 2 });
  });
});

const LOST = ["reset-after", "hang-after", "cut-body", "html-body", "empty-body", "missing-id"] as const;

describe.each(LOST)("an upload whose response is lost (%s)", (kind) => {
  test("is found by its content in the same operation, and not repeated", async () => {
    emulator.seed([{ id: "cert_before", pem: issued.pem, active: true, name: "gateway" }]);
    emulator.faults.add({ endpoint: "upload", kind });
    const { id } = await create();
    expect(emulator.certificates.map((certificate) => certificate.id)).toEqual(["cert_before", id]);
    expect(endpoints()).toEqual(["list", "upload", "list", "get"]);
  });
});

describe("an upload", () => {
  test("is looked for after a lost response even if there is no time for a retry", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    await create();
    expect(endpoints()).toEqual(["list", "upload", "list", "get"]);
  });

  test("is repeated once the list shows that it was not executed", async () => {
    emulator.faults.add({ endpoint: "upload", kind: "reset-before" });
    await create();
    expect(endpoints()).toEqual(["list", "upload", "list", "upload"]);
    expect(emulator.certificates).toHaveLength(1);
  });

  test("is not looked for when it was rate limited", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "status", status: 429 });
    await expect(create()).rejects.toThrow("HTTP 429");
    expect(endpoints()).toEqual(["list", "upload"]);
  });

  test("is not repeated when the API rejects it", async () => {
    emulator.faults.add({
      endpoint: "upload",
      kind: "status",
      status: 400,
      code: "mtls_certificate_invalid",
    });
    await expect(create()).rejects.toThrow("HTTP 400 mtls_certificate_invalid");
    expect(endpoints()).toEqual(["list", "upload"]);
  });

  test("that fails permanently reports which certificate may be left, and what the next update does", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "status", status: 500 });
    await expect(create()).rejects.toThrow(
      /HTTP 500.+The list does not show it, but it may be left if the API acts late\. The next `pulumi up` uploads/s,
    );
  });

  test("that is lost together with the following list is reported by the next process, which uploads a new certificate", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503, call: 2 });
    await expect(create()).rejects.toThrow(
      /not known whether CN=gateway was uploaded; it may be left.+The next `pulumi up` uploads a new one, and reports/s,
    );
    const [left] = emulator.certificates;
    emulator.clearLog();
    const { id } = await create("gateway", await newProcess());
    expect(emulator.certificates.map((certificate) => certificate.id)).toEqual([left?.id, id]);
    expect(endpoints()).toEqual(["list", "get", "upload"]);
    expect(printed()).toEqual([
      expect.stringContaining(
        `warning: ${left?.id ?? ""} "gateway", uploaded less than a minute ago, has the same content`,
      ) as string,
    ]);
  });

  test("reports no certificate that is active or has another name or content, and adopts none", async () => {
    emulator.seed([
      { id: "cert_active", name: "gateway", pem: issued.pem, active: true },
      { id: "cert_named", name: "batch", pem: issued.pem },
      { id: "cert_other", name: "gateway", pem: (await issueCa({ name: "gateway" })).pem },
    ]);
    await create();
    expect(printed()).toEqual([]);
    expect(endpoints()).toEqual(["list", "upload"]);
    expect(emulator.certificates).toHaveLength(4);
  });

  test("does not adopt a certificate that is active in a project, even when its response is lost", async () => {
    emulator.addProject("proj_a");
    emulator.seed([{ id: "cert_in_project", name: "gateway", pem: issued.pem, activeIn: ["proj_a"] }]);
    emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    const { id } = await create();
    expect(id).not.toBe("cert_in_project");
    expect(emulator.certificates).toHaveLength(2);
    expect(printed().join()).toContain("that no project uses it");
  });

  test("succeeds although the content of an unused copy cannot be read", async () => {
    emulator.seed([{ id: "cert_left", name: "gateway", pem: issued.pem }]);
    emulator.faults.add({ endpoint: "get", kind: "status", status: 429, retryAfter: "60" });
    const { id } = await create();
    expect(emulator.certificates.map((certificate) => certificate.id)).toEqual(["cert_left", id]);
    expect(endpoints()).toEqual(["list", "get", "upload"]);
    expect(printed().join()).toContain('not compared: cert_left "gateway"');
  });

  test("creates a separate certificate for each of two equal resources", async () => {
    const [first, second] = [await create(), await create()];
    expect(second.id).not.toBe(first.id);
    expect(emulator.certificates).toHaveLength(2);
  });

  test("that replaces an equal certificate does not adopt the old one", async () => {
    const { id, outs } = await existing();
    const replacement = await create();
    await provider.delete(id, outs);
    expect(emulator.certificates).toMatchObject([{ id: replacement.id }]);
  });
});

describe("an API that trims names", () => {
  beforeEach(() => restartEmulator({ trimsNames: true }));

  test("accepts a name with white space at its ends, which then shows no change and can be renamed", async () => {
    const inputs = async (name: string) =>
      (await provider.check({}, { certificate: issued.pem, name })).inputs as Properties;
    const { id, outs } = await created(provider, await inputs(" gateway "));
    expect(await provider.diff(id, outs, await inputs(" gateway "))).toEqual({ changes: false });
    expect(await provider.update(id, outs, await inputs("edge "))).toMatchObject({ outs: { name: "edge" } });
    expect(emulator.certificates).toMatchObject([{ name: "edge" }]);
  });

  test("shows no change for a state in which the name still has its white space", async () => {
    const { id, outs } = await create();
    const stored = { ...outs, name: "gateway " };
    expect(await provider.diff(id, stored, outs)).toEqual({ changes: false });
  });
});

test("an activation uses a recent list, but none from before an upload", async () => {
  const activation = dynamicProvider(activationResource("organization"));
  const look = (...certificateIds: readonly string[]) => activation.check({}, { certificateIds });
  await look();
  await look();
  const { id } = await create();
  expect(endpoints()).toEqual(["list", "list", "upload"]);
  emulator.clearLog();
  await look();
  expect(endpoints()).toEqual(["list"]);
  await activation.create((await look(id)).inputs as Properties);
  expect(endpoints()).toEqual(["list", "activate"]);
  expect(emulator.activeIds()).toEqual([id]);
});
