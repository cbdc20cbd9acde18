import type { Client } from "../../../provider/api/client";
import { RetryBudget } from "../../../provider/api/retryBudget";
import { deleteCertificate, renameCertificate } from "../../../provider/api/uploads";

const CONTEXT = { budget: new RetryBudget(0), waitsForRateLimit: true, onWait: () => undefined };

/** A client that receives one and the same response to everything. */
const receiving = (response: unknown) =>
  ({ send: () => Promise.resolve(response) }) as Partial<Client> as Client;

describe("a rename", () => {
  const rename = (response: unknown) => renameCertificate(receiving(response), "cert_a", "edge", CONTEXT);

  test.each([[{ id: "cert_a" }], [{ id: "cert_a", name: null }], [{ id: "cert_a", name: "edge" }]])(
    "succeeds when the response is %j",
    async (response) => {
      expect(await rename(response)).toMatchObject({ id: "cert_a", name: "edge" });
    },
  );

  test.each([[{ id: "cert_a", name: "other" }], [{ id: "cert_b", name: "edge" }], [{ name: "edge" }]])(
    "fails when the response is %j",
    async (response) => {
      await expect(rename(response)).rejects.toMatchObject({ failure: { mayHaveActed: true } });
    },
  );
});

describe("a delete", () => {
  const remove = (response: unknown) => deleteCertificate(receiving(response), "cert_a", CONTEXT);

  test.each([
    [{ object: "certificate.deleted", id: "cert_a" }],
    [{ object: "certificate", id: "cert_a", deleted: true }],
    [{ object: "certificate.deleted", deleted: null, id: null }],
    [{ deleted: true }],
  ])("is confirmed by %j", async (response) => {
    await expect(remove(response)).resolves.toBeUndefined();
  });

  test.each([
    [{}],
    [{ id: "cert_a" }],
    [{ object: "certificate", id: "cert_a" }],
    [{ object: "certificate.deleted", id: "cert_a", deleted: false }],
    [{ object: "certificate.deleted", id: "cert_b" }],
    [{ deleted: "yes" }],
  ])("is not confirmed by %j", async (response) => {
    await expect(remove(response)).rejects.toMatchObject({ failure: { mayHaveActed: true } });
  });
});
