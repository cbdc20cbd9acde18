import { activationProvider } from "../../provider/dynamic/activationProvider";
import type { Properties } from "../../provider/dynamic/protocol";
import { mintAnchor } from "../emulator/mint";
import {
  calls,
  create,
  emulator,
  endpoints,
  existing,
  minted,
  newProcess,
  provider,
  settings,
  told,
} from "./certificateStage";

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

const LOST = ["reset-after", "hang-after", "cut-body", "html-body", "empty-body", "missing-id"] as const;

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
