import type { Properties } from "../../provider/dynamic/protocol";
import { issueCa } from "../emulator/certificates/issue";
import {
  calls,
  create,
  created,
  emulator,
  endpoints,
  existing,
  issued,
  printed,
  provider,
  restart,
  settings,
} from "./certificateFixture";

describe("a certificate", () => {
  test("is uploaded with one list and one upload, and has the certificate's details as outputs", async () => {
    const { id, outs } = await create();
    expect(endpoints()).toEqual(["list", "upload"]);
    expect(emulator.certificates).toMatchObject([{ id, name: "gateway", pem: issued.pem, active: false }]);
    const [{ createdAt, validAt, expiresAt } = { createdAt: 0, validAt: 0, expiresAt: 0 }] =
      emulator.certificates;
    expect(outs).toEqual({
      certificate: issued.pem,
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

  test("needs no name", async () => {
    expect((await created(provider, { certificate: issued.pem })).outs).not.toHaveProperty("name");
    expect(emulator.certificates).toMatchObject([{ name: null }]);
  });

  test("makes no API call while nothing changes", async () => {
    const { id, outs } = await existing();
    const news = { certificate: issued.pem.replaceAll("\n", "\r\n"), name: "gateway" };
    const checked = await provider.check(outs, news);
    expect(checked.failures).toEqual([]);
    expect(await provider.diff(id, outs, checked.inputs as Properties)).toEqual({ changes: false });
    expect(emulator.log).toEqual([]);
  });

  test("keeps its name when the name is removed from the program", async () => {
    const { id, outs } = await existing();
    expect(await provider.diff(id, outs, { certificate: issued.pem })).toEqual({ changes: false });
  });

  test("is renamed in place with one call", async () => {
    const { id, outs } = await existing();
    const news = { certificate: issued.pem, name: "edge" };
    expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
    expect((await provider.update(id, outs, news)).outs).toEqual({ ...outs, name: "edge" });
    expect(endpoints()).toEqual(["rename"]);
  });

  test.each<[string, Properties]>([
    ["has no name any more", {}],
    ["has the same name", { name: "gateway" }],
    ["has the same name with white space", { name: " gateway " }],
  ])("makes no API call in an update after which it %s", async (_, news) => {
    const { id, outs } = await existing();
    expect((await provider.update(id, outs, { certificate: issued.pem, ...news })).outs).toEqual(outs);
    expect(emulator.log).toEqual([]);
  });

  test("is rejected before an upload when it is not valid, and its name and content are each reported", async () => {
    const news = { certificate: "ca.pem", name: "two\nlines" };
    expect((await provider.check({}, news)).failures).toEqual([
      { property: "", reason: expect.stringMatching(/^certificate .+ no complete PEM/) as string },
      { property: "name", reason: 'is "two\\nlines"; use a name of one line, or omit it' },
    ]);
    await expect(provider.create(news)).rejects.toThrow(/^certificate is a text of 6 bytes .+; name is /);
    expect(emulator.log).toEqual([]);
  });

  test("that is not yet valid causes a warning", async () => {
    const validFrom = new Date(Date.now() + 3_600_000);
    const { pem } = await issueCa({ name: "next", validFrom });
    expect((await provider.check({}, { certificate: pem })).failures).toEqual([]);
    expect(printed().join("\n")).toMatch(/warning: .*CN=next.* until then it trusts no client/);
  });

  test("of another connection keeps it in its outputs, also after a refresh and a rename", async () => {
    settings.set("acme:baseUrl", emulator.url);
    settings.set("acme:adminKey", emulator.adminKey);
    await restart();
    const news = { certificate: issued.pem, name: "gateway", connection: "acme" };
    const { id, outs } = await created(provider, news);
    expect(outs).toMatchObject({ connection: "acme" });
    expect(await provider.read(id, outs)).toMatchObject({ id, props: { ...outs } });
    expect((await provider.update(id, outs, { ...news, name: "edge" })).outs).toMatchObject({
      name: "edge",
      connection: "acme",
    });
    await provider.delete(id, outs);
    expect(emulator.certificates).toEqual([]);
  });

  test("is replaced when its content or connection changes, but not when only white space changes", async () => {
    const { id, outs } = await existing();
    const other = (await issueCa({ name: "gateway" })).pem;
    expect(await provider.diff(id, outs, { certificate: other })).toMatchObject({
      replaces: ["certificate"],
    });
    expect(await provider.diff(id, outs, { ...outs, connection: "acme" })).toMatchObject({
      replaces: ["connection"],
    });
  });

  test("is refreshed with one list, which shows a rename outside Pulumi", async () => {
    const { id, outs } = await existing();
    await provider.update(id, outs, { certificate: issued.pem, name: "renamed" });
    emulator.clearLog();
    await restart();
    expect(await provider.read(id, outs)).toEqual({
      id,
      props: { ...outs, name: "renamed" },
      inputs: { certificate: issued.pem, name: "renamed" },
    });
    expect(endpoints()).toEqual(["list"]);
  });

  test("stays in the state when the list does not contain it, which may be another organization's", async () => {
    const { id, outs } = await existing();
    emulator.remove(id);
    await expect(provider.read(id, outs)).rejects.toThrow(
      `the organization of the admin key at ${emulator.url} has none of the certificates in the state of this resource: ${id}.`,
    );
    expect(calls()).toEqual({ list: 1 });
  });

  test.each([401, 403, 404, 429, 500])("stays in the state when the list fails with %i", async (status) => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "list", kind: "status", status });
    await expect(provider.read(id, outs)).rejects.toThrow(`HTTP ${status}`);
  });

  test("is imported by its id, with its content, in one call", async () => {
    const { id, outs } = await existing();
    expect(await provider.read(id)).toMatchObject({ id, props: outs });
    expect(endpoints()).toEqual(["get"]);
    await expect(provider.read("cert_absent")).rejects.toThrow("HTTP 404 certificate_not_found");
  });
});

describe("a delete", () => {
  test("makes one call", async () => {
    const { id, outs } = await existing();
    await provider.delete(id, outs);
    expect(endpoints()).toEqual(["delete"]);
    expect(emulator.certificates).toEqual([]);
  });

  test.each(["certificate_not_found", "unknown_url"])(
    "that fails with the 404 %s fails when the list does not contain the certificate: it may be in another organization",
    async (code) => {
      const { id, outs } = await existing();
      emulator.remove(id);
      emulator.faults.add({ endpoint: "delete", kind: "status", status: 404, code });
      await expect(provider.delete(id, outs)).rejects.toThrow("`pulumi state delete URN`");
      expect(endpoints()).toEqual(["delete", "list"]);
    },
  );

  test.each(["reset-after", "hang-after", "cut-body", "html-body"] as const)(
    "whose response is lost (%s) is executed once, and succeeds when the retry finds it done",
    async (kind) => {
      const { id, outs } = await existing();
      emulator.faults.add({ endpoint: "delete", kind });
      await provider.delete(id, outs);
      expect(emulator.certificates).toEqual([]);
      expect(calls()).toEqual({ delete: 2 });
    },
  );

  test.each(["sparse", "wrong-object"] as const)(
    "whose response does not confirm it (%s) succeeds when the list does not contain the certificate",
    async (kind) => {
      const { id, outs } = await existing();
      emulator.faults.add({ endpoint: "delete", kind });
      await provider.delete(id, outs);
      expect(emulator.certificates).toEqual([]);
      expect(calls()).toEqual({ delete: 1, list: 1 });
    },
  );

  test("that was not executed fails after a lost response", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "delete", kind: "reset-before" });
    await expect(provider.delete(id, outs)).rejects.toThrow(/^DELETE .+ no response/);
    expect(calls()).toEqual({ delete: 1, list: 1 });
    emulator.faults.add({ endpoint: "delete", kind: "reset-before" });
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503 });
    await expect(provider.delete(id, outs)).rejects.toThrow(/^DELETE .+ no response/);
  });

  test("that fails with an unspecific 404 fails when the list contains the certificate", async () => {
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "delete", kind: "status", status: 404, code: "unknown_url" });
    await expect(provider.delete(id, outs)).rejects.toThrow("HTTP 404 unknown_url");
    expect(endpoints()).toEqual(["delete", "list"]);
  });

  test.each([400, 401, 403])("that the API rejects with %i fails without a list", async (status) => {
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "delete", kind: "status", status });
    await expect(provider.delete(id, outs)).rejects.toThrow(`HTTP ${status}`);
    expect(endpoints()).toEqual(["delete"]);
    expect(emulator.certificates).toHaveLength(1);
  });

  test("of a certificate that is active in the organization reports it, and advises to check the projects", async () => {
    const { id, outs } = await existing();
    emulator.setActive(id, true);
    const rejected = provider.delete(id, outs);
    await expect(rejected).rejects.toThrow(`${id} "gateway" is still active and was not deleted.`);
    await expect(rejected).rejects.toThrow(/It is active in the organization.+in projects, too: check each/s);
    expect(endpoints()).toEqual(["delete", "list"]);
  });

  test("of a certificate that is active only in a project reports that it is in a project", async () => {
    const { id, outs } = await existing();
    emulator.addProject("proj_a");
    emulator.setActive(id, true, "proj_a");
    await expect(provider.delete(id, outs)).rejects.toThrow(
      /It is not active in the organization, so it is active in a project: check each project/,
    );
  });

  test("of a certificate that is in use is explained even when the list fails", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.setActive(id, true);
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503 });
    await expect(provider.delete(id, outs)).rejects.toThrow(/It is not known where\. Check the organization/);
  });
});
