import { RetryBudget } from "../../../provider/api/backoff";
import { changeActivation, getWithContent, listCertificates } from "../../../provider/api/certificates";
import type { Client, Request } from "../../../provider/api/client";
import { ORGANIZATION } from "../../../provider/api/scope";

const CONTEXT = { budget: new RetryBudget(0), waitsForRateLimit: true, onWait: () => undefined };
const PROJECT = { kind: "project", projectId: "proj_abc" } as const;

let sent: Request[];

beforeEach(() => {
  sent = [];
});

/** A client that records its requests and receives these responses one after the other, the last one again and again. */
function receiving(...responses: readonly unknown[]): Client {
  const send = (request: Request) => {
    sent.push(request);
    return Promise.resolve(responses[Math.min(sent.length, responses.length) - 1]);
  };
  return { send } as Partial<Client> as Client;
}

const page = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  data: [{ id, active: false }],
  ...more,
});

describe("a list", () => {
  test("has the certificates of all pages, each requested after the last id of the one before", async () => {
    const client = receiving(
      page("cert_a", { has_more: true, last_id: "cert_a" }),
      page("cert_b", { has_more: true, last_id: "cert_b" }),
      page("cert_c", { has_more: false, last_id: "cert_c" }),
    );
    const found = await listCertificates(client, PROJECT, CONTEXT);
    expect(found.map(({ id }) => id)).toEqual(["cert_a", "cert_b", "cert_c"]);
    const path = "/organization/projects/proj_abc/certificates";
    const request = { method: "GET", path, endpoint: "list project" };
    expect(sent).toEqual([
      { ...request, query: { limit: 100 } },
      { ...request, query: { limit: 100, after: "cert_a" } },
      { ...request, query: { limit: 100, after: "cert_b" } },
    ]);
  });

  test("has each certificate once when pages overlap, as the later page shows it", async () => {
    const listed = (id: string, active: boolean) => ({ id, active });
    const client = receiving(
      { data: [listed("cert_a", true), listed("cert_b", false)], has_more: true, last_id: "cert_b" },
      { data: [listed("cert_b", true), listed("cert_c", true)], has_more: false },
    );
    const found = await listCertificates(client, ORGANIZATION, CONTEXT);
    expect(found.map(({ id, active }) => [id, active])).toEqual([
      ["cert_a", true],
      ["cert_b", true],
      ["cert_c", true],
    ]);
  });

  test.each(["", "cert_a\u001b[2K\rforged", "cert a", "../admin_api_keys", "cert_\u202ea", "-a"])(
    "fails when a certificate has the id %j, and does not repeat it",
    async (id) => {
      const list = listCertificates(receiving(page(id)), ORGANIZATION, CONTEXT);
      await expect(list).rejects.toMatchObject({ failure: { kind: "unreadable" } });
      await expect(list).rejects.toThrow(/: the response is not as documented: data\.0\.id: expected an id$/);
    },
  );

  test.each([
    ["is missing", [page("cert_a", { has_more: true })], 1],
    ["repeats", [page("cert_a", { has_more: true, last_id: "cert_a" })], 2],
    [
      "repeats that of an earlier page",
      ["a", "b", "a"].map((id) => page(id, { has_more: true, last_id: id })),
      3,
    ],
  ])("fails when the cursor of the next page %s", async (_, pages, requests) => {
    await expect(listCertificates(receiving(...pages), ORGANIZATION, CONTEXT)).rejects.toThrow(
      "GET /organization/certificates: the response is not as documented: has_more is true, but last_id leads nowhere new",
    );
    expect(sent).toHaveLength(requests);
  });

  test("fails when it does not end", async () => {
    const send = (request: Request) => {
      sent.push(request);
      return Promise.resolve(page("cert_a", { has_more: true, last_id: `cert_${sent.length}` }));
    };
    const endless = listCertificates({ send } as Partial<Client> as Client, ORGANIZATION, CONTEXT);
    await expect(endless).rejects.toMatchObject({ failure: { kind: "unreadable", mayHaveActed: false } });
    await expect(endless).rejects.toThrow(`the list did not end after ${sent.length} pages`);
  });
});

describe("a change of activation", () => {
  test.each([
    ["activate", true],
    ["deactivate", false],
  ] as const)(
    "sends the ids to %s and returns them as they are then, in their order",
    async (action, active) => {
      const data = ["cert_other", "cert_b", "cert_a"].map((id) => ({ id, active }));
      const changed = await changeActivation(
        receiving({ data }),
        PROJECT,
        action,
        ["cert_a", "cert_b"],
        CONTEXT,
      );
      expect(changed).toEqual([
        { id: "cert_a", name: null, certificateDetails: {}, active },
        { id: "cert_b", name: null, certificateDetails: {}, active },
      ]);
      expect(sent).toEqual([
        {
          method: "POST",
          path: `/organization/projects/proj_abc/certificates/${action}`,
          endpoint: `${action} project`,
          body: { certificate_ids: ["cert_a", "cert_b"] },
        },
      ]);
    },
  );

  test.each([
    ["lacks one of the ids", [{ id: "cert_a", active: true }], "cert_b is missing in the response"],
    [
      "shows one in the other state",
      [
        { id: "cert_a", active: true },
        { id: "cert_b", active: false },
      ],
      "cert_b has active: false",
    ],
    [
      "does not contain the state of one",
      [{ id: "cert_a", active: true }, { id: "cert_b" }],
      "cert_b has active: undefined",
    ],
  ])("fails, as one that the API may have carried out, when the response %s", async (_, data, problem) => {
    const ids = ["cert_a", "cert_b"];
    const change = changeActivation(receiving({ data }), ORGANIZATION, "activate", ids, CONTEXT);
    await expect(change).rejects.toThrow(problem);
    await expect(change).rejects.toMatchObject({
      failure: {
        kind: "unreadable",
        mayHaveActed: true,
        request: { method: "POST", path: "/organization/certificates/activate" },
      },
    });
  });
});

test("a content is requested with the certificate, whose id cannot leave its segment of the path", async () => {
  const response = { id: "cert_a", name: "edge", created_at: 1, certificate_details: { content: "PEM" } };
  expect(await getWithContent(receiving(response), "cert/a", CONTEXT)).toEqual({
    id: "cert_a",
    name: "edge",
    createdAt: 1,
    certificateDetails: {},
    content: "PEM",
  });
  expect(sent).toEqual([
    {
      method: "GET",
      path: "/organization/certificates/cert%2Fa",
      endpoint: "get",
      query: { "include[]": "content" },
    },
  ]);
});
