import { countCalls, type Emulator, startEmulator } from "../emulator";
import { type Authority, mintAnchor } from "../emulator/mint";
import { activationProvider } from "../../provider/dynamic/activationProvider";
import { certificateProvider } from "../../provider/dynamic/certificateProvider";
import type { Properties, Provider } from "../../provider/dynamic/protocol";

let emulator: Emulator;
let minted: Authority;
/** A provider as a process of its own has it: it has met no resource yet. */
let provider: Provider;
/** What was told to the person. */
let told: jest.SpyInstance<void, unknown[]>;
let settings: Map<string, string>;

beforeAll(async () => {
  minted = await mintAnchor({ name: "gateway" });
});

beforeEach(async () => {
  told = jest.spyOn(console, "log").mockReturnValue();
  // Each wait of the backoff is as short as can be.
  jest.spyOn(Math, "random").mockReturnValue(0);
  emulator = await startEmulator();
  settings = new Map([
    ["openai:baseUrl", emulator.url],
    ["openai:adminKey", emulator.adminKey],
    ["openai:timeoutSeconds", "1"],
  ]);
  provider = await newProcess();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

async function newProcess(): Promise<Provider> {
  const fresh = certificateProvider();
  const config = {
    get: (key: string) => settings.get(key),
    require: (key: string) => settings.get(key) ?? "",
  };
  await fresh.configure({ config });
  return fresh;
}

const endpoints = () => emulator.log.map(({ endpoint }) => endpoint);
const calls = () => countCalls(emulator.log);
const create = (name = "gateway", by = provider) => created(by, { certificate: minted.pem, name });

interface Created {
  readonly id: string;
  readonly outs: Properties;
}

async function created(by: Provider, inputs: Properties): Promise<Created> {
  const result = await by.create(inputs);
  return { id: result.id, outs: result.outs as Properties };
}

/** A resource that an earlier process has created, with its calls forgotten. */
async function existing(): Promise<Created> {
  const resource = await create();
  provider = await newProcess();
  emulator.clearLog();
  return resource;
}

describe("a certificate", () => {
  test("is uploaded with one list and one upload, and tells what it is", async () => {
    const { id, outs } = await create();
    expect(endpoints()).toEqual(["list", "upload"]);
    expect(emulator.certificates).toMatchObject([{ id, name: "gateway", pem: minted.pem, active: false }]);
    const [{ createdAt, validAt, expiresAt } = { createdAt: 0, validAt: 0, expiresAt: 0 }] =
      emulator.certificates;
    expect(outs).toEqual({
      certificate: minted.pem,
      name: "gateway",
      createdAt,
      validAt,
      expiresAt,
      subject: "CN=gateway",
      issuer: "CN=gateway",
      serialNumber: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
      isCa: true,
    });
  });

  test("may have no name, and gets none", async () => {
    expect((await created(provider, { certificate: minted.pem })).outs).not.toHaveProperty("name");
    expect(emulator.certificates).toMatchObject([{ name: null }]);
  });

  test("costs no call while nothing changes", async () => {
    const { id, outs } = await existing();
    const news = { certificate: minted.pem.replaceAll("\n", "\r\n"), name: "gateway" };
    const checked = await provider.check(outs, news);
    expect(checked.failures).toEqual([]);
    expect(await provider.diff(id, outs, checked.inputs as Properties)).toEqual({ changes: false });
    expect(emulator.log).toEqual([]);
  });

  test("that loses its name in the program keeps the one it has", async () => {
    const { id, outs } = await existing();
    expect(await provider.diff(id, outs, { certificate: minted.pem })).toEqual({ changes: false });
  });

  test("is renamed in place with one call", async () => {
    const { id, outs } = await existing();
    const news = { certificate: minted.pem, name: "edge" };
    expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
    expect((await provider.update(id, outs, news)).outs).toEqual({ ...outs, name: "edge" });
    expect(endpoints()).toEqual(["rename"]);
  });

  test("is replaced by another one, and by another connection, but not by the same one in other white space", async () => {
    const { id, outs } = await existing();
    const other = (await mintAnchor({ name: "gateway" })).pem;
    expect(await provider.diff(id, outs, { certificate: other })).toMatchObject({
      replaces: ["certificate"],
    });
    expect(await provider.diff(id, outs, { ...outs, connection: "acme" })).toMatchObject({
      replaces: ["connection"],
    });
  });

  test("is refreshed with one list, which shows a rename by hand", async () => {
    const { id, outs } = await existing();
    await provider.update(id, outs, { certificate: minted.pem, name: "by hand" });
    emulator.clearLog();
    provider = await newProcess();
    expect(await provider.read(id, outs)).toEqual({
      id,
      props: { ...outs, name: "by hand" },
      inputs: { certificate: minted.pem, name: "by hand" },
    });
    expect(endpoints()).toEqual(["list"]);
  });

  test("that is not in the list any more is gone", async () => {
    const { id, outs } = await existing();
    emulator.remove(id);
    expect(await provider.read(id, outs)).toEqual({});
    expect(calls()).toEqual({ list: 1 });
  });

  test.each([401, 403, 404, 429, 500])("is not gone when the list is answered %i", async (status) => {
    settings.set("openai:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "list", kind: "status", status });
    await expect(provider.read(id, outs)).rejects.toThrow(`answered ${status}`);
  });

  test("that exists is read by its id alone, with its text, in one call", async () => {
    const { id, outs } = await existing();
    expect(await provider.read(id)).toMatchObject({ id, props: outs });
    expect(endpoints()).toEqual(["get"]);
    await expect(provider.read("cert_absent")).rejects.toThrow("answered 404 certificate_not_found");
  });
});

describe("a delete", () => {
  test("is one call", async () => {
    const { id, outs } = await existing();
    await provider.delete(id, outs);
    expect(endpoints()).toEqual(["delete"]);
    expect(emulator.certificates).toEqual([]);
  });

  test("of one that is gone already is fine", async () => {
    const { id, outs } = await existing();
    emulator.remove(id);
    await provider.delete(id, outs);
    expect(endpoints()).toEqual(["delete"]);
  });

  test.each(["reset-after", "hang-after", "cut-body", "html-body"] as const)(
    "whose answer is lost (%s) is done once, and found done",
    async (kind) => {
      const { id, outs } = await existing();
      emulator.faults.add({ endpoint: "delete", kind });
      await provider.delete(id, outs);
      expect(emulator.certificates).toEqual([]);
      expect(calls()).toEqual({ delete: 2 });
    },
  );

  test("that is answered 404 without saying of what is believed only when the list agrees", async () => {
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "delete", kind: "status", status: 404, code: "unknown_url" });
    await expect(provider.delete(id, outs)).rejects.toThrow("answered 404 unknown_url");
    expect(endpoints()).toEqual(["delete", "list"]);
  });

  test("of one that is active in the organization says so, and that projects are to be looked at", async () => {
    const { id, outs } = await existing();
    emulator.setActive(id, true);
    const refused = provider.delete(id, outs);
    await expect(refused).rejects.toThrow(`${id} "gateway" is still active and was not deleted.`);
    await expect(refused).rejects.toThrow(
      /It is active in the organization.+in projects, too: look at each/s,
    );
    expect(endpoints()).toEqual(["delete", "list"]);
  });

  test("of one that is active in a project alone says that it is in a project", async () => {
    const { id, outs } = await existing();
    emulator.addProject("proj_a");
    emulator.setActive(id, true, "proj_a");
    await expect(provider.delete(id, outs)).rejects.toThrow(
      /It is not active in the organization, so it is active in a project: look at each project/,
    );
  });

  test("of one that is in use is explained, also when the list cannot be had", async () => {
    settings.set("openai:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.setActive(id, true);
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503 });
    await expect(provider.delete(id, outs)).rejects.toThrow(/Where is not known: look at the organization/);
  });
});

describe("an organization that is full", () => {
  beforeEach(() => {
    emulator.seed(Array.from({ length: 49 }, (_, at) => ({ id: `cert_${at}`, active: true })));
    emulator.seed([{ id: "cert_spare", name: "spare" }]);
  });

  test("is told before the upload, with what might be deleted", async () => {
    const refused = create();
    await expect(refused).rejects.toThrow(
      /holds 50 certificates, and may hold 50; CN=gateway was not uploaded/,
    );
    await expect(refused).rejects.toThrow('perhaps in a project: cert_spare "spare"');
    expect(endpoints()).toEqual(["list"]);
  });

  test("takes one more as soon as there is room, and two at once get the one place one after the other", async () => {
    emulator.remove("cert_spare");
    const results = await Promise.allSettled([create("one"), create("two")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(calls()).toEqual({ list: 2, upload: 1 });
  });
});

const LOST = ["reset-after", "hang-after", "cut-body", "html-body", "empty-body", "wrong-object"] as const;

describe.each(LOST)("an upload whose answer is lost (%s)", (kind) => {
  test("is found by its content in the same operation, and not made twice", async () => {
    emulator.faults.add({ endpoint: "upload", kind });
    const { id } = await create();
    expect(emulator.certificates.map((certificate) => certificate.id)).toEqual([id]);
    expect(endpoints()).toEqual(["list", "upload", "list", "get"]);
  });
});

describe("an upload", () => {
  test("whose answer is lost is looked for even without time for another try", async () => {
    settings.set("openai:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    await create();
    expect(endpoints()).toEqual(["list", "upload", "list", "get"]);
  });

  test("that did not happen is made again once the list shows so", async () => {
    emulator.faults.add({ endpoint: "upload", kind: "reset-before" });
    await create();
    expect(endpoints()).toEqual(["list", "upload", "list", "upload"]);
    expect(emulator.certificates).toHaveLength(1);
  });

  test("that is throttled was not made, and is not looked for", async () => {
    settings.set("openai:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "status", status: 429 });
    await expect(create()).rejects.toThrow("answered 429");
    expect(endpoints()).toEqual(["list", "upload"]);
  });

  test("that the API refuses is not made again", async () => {
    emulator.faults.add({
      endpoint: "upload",
      kind: "status",
      status: 400,
      code: "mtls_certificate_invalid",
    });
    await expect(create()).rejects.toThrow("answered 400 mtls_certificate_invalid");
    expect(endpoints()).toEqual(["list", "upload"]);
  });

  test("that fails for good says that the next one looks for it", async () => {
    settings.set("openai:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "status", status: 500 });
    await expect(create()).rejects.toThrow(/answered 500.+It is not in the list\..+by its content/s);
  });

  test("that is lost with the list after it is found by the next process, which uploads nothing", async () => {
    settings.set("openai:retryTimeoutSeconds", "0");
    emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503, call: 2 });
    await expect(create()).rejects.toThrow(
      /whether CN=gateway was uploaded is not known\..+The next `pulumi up` looks for it by its content/s,
    );
    emulator.clearLog();
    const { id } = await create("gateway", await newProcess());
    expect(emulator.certificates.map((certificate) => certificate.id)).toEqual([id]);
    expect(endpoints()).toEqual(["list", "get"]);
    expect(told).toHaveBeenCalledWith(expect.stringContaining(`${id} "gateway" was uploaded already`));
  });

  test("takes over nothing that is active, older than a day, or has another name or content", async () => {
    const aDayAgo = Math.floor(Date.now() / 1000) - 86_401;
    emulator.seed([
      { id: "cert_active", name: "gateway", pem: minted.pem, active: true },
      { id: "cert_old", name: "gateway", pem: minted.pem, createdAt: aDayAgo },
      { id: "cert_named", name: "batch", pem: minted.pem },
      { id: "cert_other", name: "gateway", pem: (await mintAnchor({ name: "gateway" })).pem },
    ]);
    await create();
    expect(calls()).toMatchObject({ upload: 1 });
    expect(emulator.certificates).toHaveLength(5);
  });

  test("takes over no certificate of another resource, though it is equal", async () => {
    const first = await create();
    const second = await create();
    expect(second.id).not.toBe(first.id);
    expect(emulator.certificates).toHaveLength(2);
  });

  test("that takes over the certificate it is to replace is not deleted with it", async () => {
    const { id, outs } = await existing();
    expect((await create()).id).toBe(id);
    await provider.delete(id, outs);
    expect(emulator.certificates).toMatchObject([{ id }]);
  });
});

test("an activation trusts the list that was just taken, but none from before an upload", async () => {
  const activation = activationProvider("organization");
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
