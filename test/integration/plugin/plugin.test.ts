import { status } from "@grpc/grpc-js";
import type { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import schema from "../../../provider/plugin/schema.json";
import { startServer } from "../../../provider/plugin/server";
import { fromStruct, isSecret } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/unknown";
import { issueCa } from "../../emulator/certificates/issue";
import { countCalls, startEmulator } from "../../emulator/index";
import type { Emulator, EmulatorOptions } from "../../emulator/index";
import { startFakeEngine } from "./fakeEngine";
import type { FakeEngine } from "./fakeEngine";
import { PluginClient } from "./pluginClient";

const urnOf = (type: string) =>
  `urn:pulumi:dev::project::parent:index:Type$openai-certificates:index:${type}::mtls`;
const ORGANIZATION = urnOf("OrgCertificateActivation");
const PROJECT = urnOf("ProjectCertificateActivation");
const CERTIFICATE = urnOf("Certificate");
const PROVIDER = "urn:pulumi:dev::project::pulumi:providers:openai-certificates::acme";

const VALID = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
const DETAILS = {
  createdAt: 1_700_000_000,
  certificateDetails: { validAt: 1_700_000_000, expiresAt: 4_102_444_800 },
};
const DEFAULTS = { exclusive: false, enforcementChange: "warn", expiryWarningDays: 30 };

let stopServer: () => void;
let port: number;
let engine: FakeEngine;
let plugin: PluginClient;
let emulator: Emulator;

beforeAll(async () => {
  const started = await startServer();
  ({ port } = started);
  stopServer = () => {
    started.server.forceShutdown();
  };
});
afterAll(() => {
  stopServer();
});

beforeEach(async () => {
  engine = await startFakeEngine();
  plugin = new PluginClient(port);
  await start();
});
afterEach(async () => {
  plugin.close();
  engine.close();
  await emulator.close();
});

/** Begins a run with an emulator of its own. */
async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ projects: ["proj_a"], ...options });
  emulator.seed(["cert_a", "cert_b", "cert_c"].map((id) => ({ id, name: `name of ${id}`, ...VALID })));
  await nextRun();
}

/** Begins another run, in which no resource is declared yet. */
async function nextRun(): Promise<void> {
  await plugin.handshake(engine.address);
  await plugin.configure(settings(), "acme");
}

const settings = () => ({
  adminKey: emulator.adminKey,
  baseUrl: emulator.url,
  timeoutSeconds: 1,
  retryTimeoutSeconds: 0,
});
const calls = () => {
  const counts = countCalls(emulator.log);
  emulator.clearLog();
  return counts;
};

/** Checks the arguments of a new resource, which have to be valid. */
async function checked(urn: string, news: Readonly<Record<string, unknown>>) {
  const { inputs, failures } = await plugin.check(urn, {}, news);
  expect(failures).toEqual([]);
  return inputs;
}

describe("an activation", () => {
  test("has its inputs checked: sorted, without duplicates, with defaults, and compared with the API", async () => {
    expect(await checked(ORGANIZATION, { certificateIds: ["cert_b", "cert_a", "cert_b"] })).toEqual({
      certificateIds: ["cert_a", "cert_b"],
      ...DEFAULTS,
    });
    expect(calls()).toEqual({ list: 1 });
  });

  test("has each invalid argument reported with its property", async () => {
    const { inputs, failures } = await plugin.check(
      ORGANIZATION,
      {},
      { certificateIds: ["cert_b", "cert_z"] },
    );
    expect(inputs).toMatchObject({ certificateIds: ["cert_b", "cert_z"] });
    expect(failures).toEqual([
      { property: "certificateIds[1]", reason: expect.stringContaining("cert_z not found") as string },
    ]);
  });

  test("is created, compared, updated, read and deleted, with sorted lists in its state", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_b", "cert_a"] });
    const { id, properties } = await plugin.create(ORGANIZATION, inputs);
    expect(id).toBe("organization");
    expect(properties).toEqual({
      ...inputs,
      certificates: {
        cert_a: { name: "name of cert_a", active: true, ...DETAILS },
        cert_b: { name: "name of cert_b", active: true, ...DETAILS },
      },
      enforced: true,
      unmanagedActiveCertificateIds: [],
      earliestExpiresAt: VALID.expiresAt,
    });
    expect(await plugin.diff(ORGANIZATION, id, properties, inputs)).toMatchObject({
      changes: false,
      paths: [],
    });

    const news = { ...inputs, certificateIds: ["cert_b", "cert_c"] };
    expect(await plugin.diff(ORGANIZATION, id, properties, news)).toEqual({
      changes: true,
      replaces: [],
      diffs: ["certificateIds"],
      paths: ["certificateIds[0]", "certificateIds[1]"],
    });
    await nextRun();
    const updated = await plugin.update(ORGANIZATION, id, properties, news);
    expect(updated).toMatchObject({ certificateIds: ["cert_b", "cert_c"] });
    expect(emulator.activeIds()).toEqual(["cert_b", "cert_c"]);

    emulator.setActive("cert_c", false);
    expect(await plugin.read(ORGANIZATION, id, updated)).toMatchObject({
      id,
      inputs: { ...news, certificateIds: ["cert_b"] },
      properties: { certificateIds: ["cert_b"] },
    });
    await plugin.delete(ORGANIZATION, id, updated);
    expect(emulator.activeIds()).toEqual([]);
  });

  test("has every output unknown in the preview of a creation, and nothing is called", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    calls();
    expect((await plugin.create(ORGANIZATION, inputs, true)).properties).toEqual({
      ...inputs,
      certificates: UNKNOWN,
      enforced: UNKNOWN,
      unmanagedActiveCertificateIds: UNKNOWN,
      earliestExpiresAt: UNKNOWN,
    });
    expect(calls()).toEqual({});
  });

  test("keeps its outputs in the preview of an update that changes none of them", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    const { id, properties } = await plugin.create(ORGANIZATION, inputs);
    const later = { ...inputs, expiryWarningDays: 7 };
    expect(await plugin.update(ORGANIZATION, id, properties, later, true)).toEqual({
      ...properties,
      ...later,
    });
    const other = { ...inputs, certificateIds: ["cert_b"] };
    expect(await plugin.update(ORGANIZATION, id, properties, other, true)).toMatchObject({
      certificateIds: ["cert_b"],
      certificates: UNKNOWN,
    });
  });

  test("accepts ids that are not known in a preview", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a", UNKNOWN] });
    expect(inputs).toEqual({ certificateIds: UNKNOWN, ...DEFAULTS });
    expect((await plugin.create(ORGANIZATION, inputs, true)).properties).toMatchObject(inputs);
  });

  test("of a project forces replacement when the project changes", async () => {
    const inputs = await checked(PROJECT, { projectId: "proj_a", certificateIds: ["cert_a"] });
    const { id, properties } = await plugin.create(PROJECT, inputs);
    expect(id).toBe("proj_a");
    expect(await plugin.diff(PROJECT, id, properties, { ...inputs, projectId: "proj_b" })).toEqual({
      changes: true,
      replaces: ["projectId"],
      diffs: ["projectId"],
      paths: ["projectId"],
    });
  });

  test("that stopped halfway is a partial failure, with what is real", async () => {
    emulator.seed(Array.from({ length: 10 }, (_, index) => ({ id: `cert_d${index}`, ...VALID })));
    const all = emulator.certificates.map(({ id }) => id);
    const inputs = await checked(ORGANIZATION, { certificateIds: all });
    emulator.faults.add({ endpoint: "activate", call: 2, kind: "status", status: 403 });
    const error = await plugin.create(ORGANIZATION, inputs).catch((thrown: unknown) => thrown as RpcFailure);
    const failed = initFailed(error as RpcFailure);
    expect(failed?.getId()).toBe("organization");
    expect(fromStruct(failed?.getProperties())["certificateIds"]).toEqual(emulator.activeIds());
    expect(failed?.getReasonsList()[0]).toContain("activate, chunk 2 of 2 in the organization failed");
  });

  test("that failed before any change says so by its status", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    emulator.faults.add({ endpoint: "activate", kind: "status", status: 403 });
    const error = await plugin.create(ORGANIZATION, inputs).catch((thrown: unknown) => thrown as RpcFailure);
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION });
    expect(initFailed(error as RpcFailure)).toBeUndefined();
  });
});

interface RpcFailure {
  readonly metadata: Metadata;
}

function initFailed({ metadata }: RpcFailure): ErrorResourceInitFailed | undefined {
  const [encoded] = metadata.get("grpc-status-details-bin");
  if (encoded === undefined) return undefined;
  const [detail] = Status.deserializeBinary(encoded as Buffer).getDetailsList();
  return (
    detail?.unpack(
      (bytes) => ErrorResourceInitFailed.deserializeBinary(bytes),
      "pulumirpc.ErrorResourceInitFailed",
    ) ?? undefined
  );
}

describe("a state that the dynamic resource wrote", () => {
  const state = {
    __provider: "text",
    connection: "acme",
    certificateIds: { cert_a: "active", cert_b: "active" },
    ...DEFAULTS,
    certificates: {},
    enforced: true,
    unmanagedActiveCertificateIds: { cert_c: "active" },
  };
  const inputs = { certificateIds: ["cert_a", "cert_b"], ...DEFAULTS };
  beforeEach(() => {
    for (const id of ["cert_a", "cert_b", "cert_c"]) emulator.setActive(id, true);
  });

  test("is rewritten in place by an update with one list, and nothing else", async () => {
    const before = { certificateIds: state.certificateIds, connection: "acme", ...DEFAULTS };
    expect((await plugin.check(ORGANIZATION, before, inputs)).inputs).toEqual(inputs);
    expect(await plugin.diff(ORGANIZATION, "organization", state, inputs)).toEqual({
      changes: true,
      replaces: [],
      diffs: [],
      paths: [],
    });
    expect(calls()).toEqual({});
    const updated = await plugin.update(ORGANIZATION, "organization", state, inputs);
    expect(calls()).toEqual({ list: 1 });
    expect(updated).toMatchObject({ ...inputs, unmanagedActiveCertificateIds: ["cert_c"] });
    expect(updated).not.toHaveProperty("__provider");
    expect(updated).not.toHaveProperty("connection");
  });

  test("is read and deleted", async () => {
    expect(await plugin.read(ORGANIZATION, "organization", state)).toMatchObject({ inputs });
    await plugin.delete(ORGANIZATION, "organization", state);
    expect(emulator.activeIds()).toEqual(["cert_c"]);
  });
});

describe("a certificate", () => {
  test("is uploaded, renamed in place, read and deleted", async () => {
    const { pem } = await issueCa({ name: "gateway" });
    const inputs = await checked(CERTIFICATE, { certificate: `\n${pem}`, name: " gateway " });
    expect(inputs).toEqual({ certificate: pem, name: "gateway" });
    expect((await plugin.create(CERTIFICATE, inputs, true)).properties).toMatchObject({
      ...inputs,
      subject: UNKNOWN,
      expiresAt: UNKNOWN,
    });
    const { id, properties } = await plugin.create(CERTIFICATE, inputs);
    expect(properties).toMatchObject({ ...inputs, subject: "CN=gateway", isCa: true });
    calls();

    const news = { ...inputs, name: "edge" };
    expect(await plugin.diff(CERTIFICATE, id, properties, news)).toMatchObject({
      changes: true,
      paths: ["name"],
    });
    expect(await plugin.update(CERTIFICATE, id, properties, news, true)).toEqual({
      ...properties,
      name: "edge",
    });
    const renamed = await plugin.update(CERTIFICATE, id, properties, news);
    expect(renamed).toEqual({ ...properties, name: "edge" });
    expect(calls()).toEqual({ rename: 1 });

    expect(await plugin.read(CERTIFICATE, id, renamed)).toMatchObject({ id, inputs: news });
    await plugin.delete(CERTIFICATE, id, renamed);
    expect(await plugin.read(CERTIFICATE, id, renamed)).toEqual({ id: "", properties: {}, inputs: {} });
  });

  test("of the dynamic resource is taken over without a call", async () => {
    const { pem } = await issueCa({ name: "gateway" });
    const inputs = { certificate: pem, name: "gateway" };
    const { id, properties } = await plugin.create(CERTIFICATE, inputs);
    calls();
    const state = { ...properties, __provider: "text", connection: "acme" };
    expect(await plugin.diff(CERTIFICATE, id, state, inputs)).toMatchObject({ changes: true, replaces: [] });
    expect(await plugin.update(CERTIFICATE, id, state, inputs)).toEqual(properties);
    expect(calls()).toEqual({});
  });
});

describe("an import", () => {
  test("reads what is active, and returns it as inputs", async () => {
    emulator.setActive("cert_a", true);
    emulator.setActive("cert_b", true, "proj_a");
    expect(await plugin.read(ORGANIZATION, "organization")).toMatchObject({
      id: "organization",
      inputs: { certificateIds: ["cert_a"], ...DEFAULTS },
    });
    expect(await plugin.read(PROJECT, "proj_a")).toMatchObject({
      inputs: { projectId: "proj_a", certificateIds: ["cert_b"], ...DEFAULTS },
    });
  });

  test.each([
    [ORGANIZATION, "proj_a", 'give "organization"'],
    [PROJECT, "../proj_a", "such as proj_abc123"],
    [CERTIFICATE, "cert a", "such as cert_abc123"],
  ])("into %s rejects the id %s", async (urn, id, remedy) => {
    await expect(plugin.read(urn, id)).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: expect.stringContaining(remedy) as string,
    });
    expect(emulator.log).toEqual([]);
  });
});

describe("a function", () => {
  test("getCertificates lists certificates by scope and state", async () => {
    emulator.setActive("cert_b", true, "proj_a");
    const { result } = await plugin.invoke("getCertificates", { projectId: "proj_a", active: true });
    expect(result).toEqual({
      certificates: [{ id: "cert_b", name: "name of cert_b", active: true, ...DETAILS }],
    });
    expect((await plugin.invoke("getCertificates", {})).result["certificates"]).toHaveLength(3);
  });

  test("getCertificate finds one by its name", async () => {
    const { result } = await plugin.invoke("getCertificate", { name: "name of cert_a" });
    expect(result).toEqual({ id: "cert_a", name: "name of cert_a", active: false, ...DETAILS });
  });

  test("reports each invalid argument with its property", async () => {
    expect(await plugin.invoke("getCertificates", { active: "yes" })).toEqual({
      result: {},
      failures: [{ property: "active", reason: 'is "yes"; give true or false' }],
    });
  });

  test.each([
    ["getCertificate", { id: "cert_a", name: "name of cert_a" }, "exactly one of id, name and fingerprint"],
    ["getCertificate", { id: "cert_z" }, "cert_z"],
    ["getSomething", {}, "no function"],
  ])("%s(%j) fails: %s", async (name, args, problem) => {
    await expect(plugin.invoke(name, args)).rejects.toThrow(problem);
  });
});

describe("a message", () => {
  test("is sent before the response, under its resource, with its severity", async () => {
    await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    expect(engine.messages).toEqual([
      {
        severity: "info",
        urn: ORGANIZATION,
        text: expect.stringMatching(/^acme: organization: 1 to activate;/) as string,
      },
      {
        severity: "warning",
        urn: ORGANIZATION,
        text: expect.stringMatching(/^acme: mTLS will be enforced/) as string,
      },
    ]);
  });

  test("of requests that run at the same time is under its own resource", async () => {
    await Promise.all([
      checked(ORGANIZATION, { certificateIds: ["cert_a"] }),
      checked(PROJECT, { projectId: "proj_a", certificateIds: ["cert_a"] }),
    ]);
    for (const { urn, text } of engine.messages)
      expect({ text, urn }).toEqual({ text, urn: text.includes("proj_a") ? PROJECT : ORGANIZATION });

    expect(engine.messages).toHaveLength(4);
  });

  test("names the argument of the provider that is missing", async () => {
    await plugin.configure({ baseUrl: emulator.url }, "acme");
    await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    expect(engine.messages.map(({ text }) => text).join()).toContain('Set adminKey of the provider "acme"');
  });

  test("reaches the engine although the environment has a proxy", async () => {
    process.env["http_proxy"] = "http://127.0.0.1:9";
    try {
      // The connection reads the environment when it is made.
      await plugin.handshake(engine.address);
      await plugin.configure({ baseUrl: emulator.url }, "acme");
      await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
      expect(engine.messages).toHaveLength(1);
    } finally {
      delete process.env["http_proxy"];
    }
  });
});

describe("a cancellation", () => {
  test("ends a wait, and the operation returns what is real", async () => {
    await emulator.close();
    await start({ throttle: { requests: 1, windowSeconds: 1_000, retryAfter: "seconds" } });
    await plugin.configure({ ...settings(), retryTimeoutSeconds: 80_000 }, "acme");
    emulator.seed(Array.from({ length: 10 }, (_, index) => ({ id: `cert_d${index}`, ...VALID })));
    const all = emulator.certificates.map(({ id }) => id);
    const creation = plugin
      .create(ORGANIZATION, { certificateIds: all, ...DEFAULTS })
      .catch((error: unknown) => error);
    await received(/rate limited; next attempt in/);
    await plugin.cancel();
    const failed = initFailed((await creation) as RpcFailure);
    expect(fromStruct(failed?.getProperties())["certificateIds"]).toEqual(emulator.activeIds());
    expect(emulator.activeIds()).toHaveLength(10);
  });

  test("at the end of a run does not affect the next one", async () => {
    await plugin.cancel();
    await plugin.handshake(engine.address);
    await plugin.create(ORGANIZATION, { certificateIds: ["cert_a"], ...DEFAULTS });
    expect(emulator.activeIds()).toEqual(["cert_a"]);
  });

  async function received(pattern: RegExp): Promise<void> {
    while (!engine.messages.some(({ text }) => pattern.test(text))) await new Promise(setImmediate);
  }
});

describe("the provider itself", () => {
  test("returns its schema", async () => {
    expect(await plugin.schema()).toEqual(schema);
  });

  test("keeps keys secret", async () => {
    const inputs = await plugin.checkConfig(PROVIDER, { adminKey: "sk", clientKey: "pem", baseUrl: "url" });
    const secrets = Object.entries(inputs).filter(([, value]) => isSecret(value));
    expect(secrets.map(([name]) => name).sort()).toEqual(["adminKey", "clientKey"]);
  });

  test("reports that arguments are not known yet", async () => {
    await plugin.checkConfig(PROVIDER, { adminKey: UNKNOWN });
    expect(engine.messages).toMatchObject([
      { severity: "warning", urn: PROVIDER, text: expect.stringContaining("adminKey") as string },
    ]);
  });

  test.each([
    [{ adminKey: "a" }, { adminKey: "a" }, false],
    [{ adminKey: "a" }, { adminKey: "b" }, true],
    [{ adminKey: "a" }, { adminKey: UNKNOWN }, true],
    [{}, { adminKey: "a" }, true],
  ])("with arguments %j differs from one with %j: %p; and is never replaced", async (olds, news, changes) => {
    expect(await plugin.diffConfig(olds, news)).toEqual({ changes, replaces: [] });
  });

  test("rejects a type that it does not have", async () => {
    await expect(plugin.check(urnOf("Other"), {}, {})).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});
