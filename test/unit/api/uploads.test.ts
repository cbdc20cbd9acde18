import { RetryBudget } from "../../../provider/api/backoff";
import type { Client, Request } from "../../../provider/api/client";
import type { ApiFailure } from "../../../provider/api/errors/apiError";
import {
  deleteCertificate,
  renameCertificate,
  uploadCertificate,
  waitBeforeNewUpload,
} from "../../../provider/api/uploads";

const CONTEXT = { budget: new RetryBudget(0), waitsForRateLimit: true, onWait: () => undefined };

let sent: Request[];

beforeEach(() => {
  sent = [];
});

/** A client that records its requests and receives one and the same response to everything. */
function receiving(response: unknown): Client {
  const send = (request: Request) => {
    sent.push(request);
    return Promise.resolve(response);
  };
  return { send } as Partial<Client> as Client;
}

describe("an upload", () => {
  test.each([
    ["edge", { certificate: "PEM", name: "edge" }],
    [undefined, { certificate: "PEM" }],
  ])(
    "of the name %s sends the content, and is not repeated when its response is lost",
    async (name, body) => {
      const uploaded = await uploadCertificate(receiving({ id: "cert_a", name }), "PEM", name, CONTEXT);
      expect(uploaded.id).toBe("cert_a");
      expect(sent).toEqual([
        { method: "POST", path: "/organization/certificates", endpoint: "upload", body, isIdempotent: false },
      ]);
    },
  );
});

describe("the wait before another upload", () => {
  const LOST: ApiFailure = {
    kind: "unavailable",
    request: { method: "POST", path: "/organization/certificates" },
    reason: "HTTP 502",
    mayHaveActed: true,
    status: 502,
  };

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("is reported and then made when the budget allows it, longer after each attempt", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.002);
    const onWait = jest.fn();
    const context = { ...CONTEXT, budget: new RetryBudget(1), onWait };
    expect(await waitBeforeNewUpload(context, 1, LOST)).toBe(true);
    expect(await waitBeforeNewUpload(context, 2, LOST)).toBe(true);
    expect(onWait.mock.calls).toEqual([
      ["HTTP 502", 1],
      ["HTTP 502", 2],
    ]);
  });

  test("is not made after a third rejection that is the client's", async () => {
    const context = { ...CONTEXT, budget: new RetryBudget(60), signal: AbortSignal.abort() };
    const onWait = jest.fn();
    await waitBeforeNewUpload({ ...context, onWait }, 2, { ...LOST, status: 408 });
    expect(onWait).toHaveBeenCalledTimes(1);
    await waitBeforeNewUpload({ ...context, onWait }, 3, { ...LOST, status: 408 });
    expect(onWait).toHaveBeenCalledTimes(1);
  });

  test("is neither reported nor made when the budget does not allow it", async () => {
    const onWait = jest.fn();
    expect(await waitBeforeNewUpload({ ...CONTEXT, onWait }, 1, LOST)).toBe(false);
    expect(onWait).not.toHaveBeenCalled();
  });

  test("ends when the update is canceled", async () => {
    const context = { ...CONTEXT, budget: new RetryBudget(60), signal: AbortSignal.abort() };
    expect(await waitBeforeNewUpload(context, 1, LOST)).toBe(false);
  });
});

describe("a rename", () => {
  const rename = (response: unknown) => renameCertificate(receiving(response), "cert_a", "edge", CONTEXT);

  test.each([[{ id: "cert_a" }], [{ id: "cert_a", name: null }], [{ id: "cert_a", name: "edge" }]])(
    "succeeds when the response is %j",
    async (response) => {
      expect(await rename(response)).toMatchObject({ id: "cert_a", name: "edge" });
      const path = "/organization/certificates/cert_a";
      expect(sent).toEqual([{ method: "POST", path, endpoint: "rename", body: { name: "edge" } }]);
    },
  );

  test("succeeds when the API trims the name", async () => {
    const renamed = renameCertificate(receiving({ id: "cert_a", name: "edge" }), "cert_a", " edge ", CONTEXT);
    expect(await renamed).toMatchObject({ id: "cert_a", name: " edge " });
    expect(await rename({ id: "cert_a", name: " edge\n" })).toMatchObject({ name: "edge" });
  });

  test.each([
    [{ id: "cert_a", name: "other" }, "its name differs from the requested one"],
    [{ id: "cert_b", name: "edge" }, "it is for a different certificate than cert_a"],
  ])("names what is wrong with the response %j", async (response, problem) => {
    await expect(rename(response)).rejects.toThrow(
      `POST /organization/certificates/cert_a: the response is not as documented: ${problem}`,
    );
  });

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
    const path = "/organization/certificates/cert_a";
    expect(sent).toEqual([{ method: "DELETE", path, endpoint: "delete" }]);
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

  test("names what is wrong with the response", async () => {
    await expect(remove({ id: "cert_a" })).rejects.toThrow("it does not confirm the deletion");
    await expect(remove({ deleted: true, id: "cert_b" })).rejects.toThrow(
      "it is for a different certificate than cert_a",
    );
  });
});
