import { guardChunks } from "../../../../provider/activation/guards/guardChunks";
import { issueCa, issueClient } from "../../../emulator/certificates/issue";
import { CertificateModel } from "../../../property/model/certificateModel";
import { chunk, identityOf, manyIds } from "../given";

const NOW = Math.floor(Date.now() / 1000);
const FIRST_ON = [chunk("activate", ["a"])];

/** A scope with one inactive certificate that accepts the client certificate of the provider, or does not. */
async function scopeFor(identity: "accepted" | "foreign" | "none"): Promise<CertificateModel> {
  const caCertificate = await issueCa();
  const issuer = identity === "accepted" ? caCertificate : await issueCa();
  const client = identityOf(await issueClient(issuer));
  const model = new CertificateModel(NOW, identity === "none" ? undefined : client);
  model.upload("a", { pem: caCertificate.pem });
  return model;
}

async function guard(model: CertificateModel, policy: "warn" | "refuse"): Promise<readonly string[]> {
  const actual = await model.list();
  await guardChunks(model, FIRST_ON, actual, policy);
  return model.calls.slice(1).map(({ what }) => what);
}

describe("safeguards", () => {
  test("let the first certificate go on, with a word, when it accepts the provider", async () => {
    const model = await scopeFor("accepted");
    expect(await guard(model, "warn")).toEqual(["content"]);
    expect(model.messages).toEqual([expect.stringContaining("mTLS will be enforced")]);
  });

  test("put the certificate that accepts the provider into the first call that activates", async () => {
    const model = await scopeFor("accepted");
    const chunks = [chunk("activate", manyIds(10), 1, 2), chunk("activate", ["a"], 2, 2)];
    for (const id of manyIds(10)) model.upload(id);
    const cut = await guardChunks(model, chunks, await model.list(), "warn");
    expect(cut.map(({ ids }) => ids)).toEqual([["a", ...manyIds(9)], ["c10"]]);
  });

  test("leave the calls as they are for a provider without a client certificate", async () => {
    const model = await scopeFor("none");
    const chunks = [chunk("activate", manyIds(10), 1, 2), chunk("activate", ["a"], 2, 2)];
    expect(await guardChunks(model, chunks, await model.list(), "warn")).toEqual(chunks);
  });

  test("refuse what would lock the provider out", async () => {
    await expect(guard(await scopeFor("foreign"), "warn")).rejects.toThrow(
      "lock the provider out of the API",
    );
  });

  test("cannot judge a provider without a client certificate, read nothing for it, and warn it", async () => {
    const model = await scopeFor("none");
    expect(await guard(model, "warn")).toEqual([]);
    expect(model.messages).toEqual([
      expect.stringContaining("mTLS will be enforced"),
      expect.stringContaining("no client certificate is configured"),
    ]);
  });

  test("refuse by the policy before they log or read anything", async () => {
    const model = await scopeFor("accepted");
    await expect(guard(model, "refuse")).rejects.toThrow('enforcementChange: "refuse"');
    expect(model.messages).toEqual([]);
    expect(model.calls.map(({ what }) => what)).toEqual(["list"]);
  });
});
