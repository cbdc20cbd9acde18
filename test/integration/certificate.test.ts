import type { Properties } from "../../provider/dynamic/protocol";
import { issueAnchor } from "../emulator/certificates/issue";
import {
  calls,
  create,
  created,
  emulator,
  endpoints,
  existing,
  minted,
  provider,
  restart,
  settings,
} from "./certificateFixture";

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
    const other = (await issueAnchor({ name: "gateway" })).pem;
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
    await restart();
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
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
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

  test.each(["sparse", "wrong-object"] as const)(
    "whose response does not confirm it (%s) is done when the list has no such certificate",
    async (kind) => {
      const { id, outs } = await existing();
      emulator.faults.add({ endpoint: "delete", kind });
      await provider.delete(id, outs);
      expect(emulator.certificates).toEqual([]);
      expect(calls()).toEqual({ delete: 1, list: 1 });
    },
  );

  test("that was not executed fails, although the first response was lost", async () => {
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.faults.add({ endpoint: "delete", kind: "reset-before" });
    await expect(provider.delete(id, outs)).rejects.toThrow(/^DELETE .+ no answer/);
    expect(calls()).toEqual({ delete: 1, list: 1 });
    emulator.faults.add({ endpoint: "delete", kind: "reset-before" });
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503 });
    await expect(provider.delete(id, outs)).rejects.toThrow(/^DELETE .+ no answer/);
  });

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
    settings.set("openai-certificates:retryTimeoutSeconds", "0");
    const { id, outs } = await existing();
    emulator.setActive(id, true);
    emulator.faults.add({ endpoint: "list", kind: "status", status: 503 });
    await expect(provider.delete(id, outs)).rejects.toThrow(/Where is not known: look at the organization/);
  });
});
