import { UNKNOWN } from "../../../provider/resource/resource";
import { issueCa } from "../../emulator/certificates/issue";
import { calls, CERTIFICATE, checked, emulator, plugin, usePlugin } from "./fixture";

usePlugin();

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
    expect(emulator.certificates.map((certificate) => certificate.id)).not.toContain(id);
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
