import { startEmulator } from "../emulator/index";
import type { Dialect, Emulator } from "../emulator/index";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";

let emulator: Emulator;

afterEach(() => emulator.close());

/** Two certificates of which `cert_a` is active, and the response to an activation of both. */
async function activateBoth(dialect: Dialect): Promise<{ data: Record<string, unknown>[] }> {
  await start(dialect);
  const response = await send(emulator, "POST", `${ORGANIZATION}/activate`, {
    body: { certificate_ids: ["cert_a", "cert_b"] },
  });
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_b"]);
  return response.body as { data: Record<string, unknown>[] };
}

async function start(dialect: Dialect): Promise<void> {
  emulator = await startEmulator({ dialect });
  emulator.seed([
    { id: "cert_a", active: true, createdAt: 3 },
    { id: "cert_b", name: "b", createdAt: 2 },
    { id: "cert_c", createdAt: 1 },
  ]);
}

const bodyOf = async (method: string, path: string) => (await send(emulator, method, path)).body;

describe("an activation of an active and an inactive certificate", () => {
  test.each([
    ["activation-object", [true, true]],
    ["list-object", [true, true]],
    ["without-active", [undefined, undefined]],
    ["state-before", [true, false]],
    ["changed-only", [true]],
    ["all-certificates", [true, true, false]],
  ] as const)("is reported in the dialect %s with active %j", async (dialect, active) => {
    const { data } = await activateBoth(dialect);
    expect(data.map((certificate) => certificate["active"])).toEqual(active);
  });

  test("is a page of a list in the dialect list-object", async () => {
    const page = { object: "list", first_id: "cert_a", last_id: "cert_b", has_more: false };
    expect(await activateBoth("list-object")).toMatchObject(page);
  });

  test("contains only ids, active and names in the dialect sparse", async () => {
    expect(await activateBoth("sparse")).toEqual({
      data: [
        { id: "cert_a", active: true },
        { id: "cert_b", active: true, name: "b" },
      ],
    });
  });

  test("has null for optional fields in the dialect nulls", async () => {
    const nothing = { object: null, created_at: null, certificate_details: null };
    expect(await activateBoth("nulls")).toEqual({
      object: null,
      data: [
        { id: "cert_a", active: true, name: null, ...nothing },
        { id: "cert_b", active: true, name: "b", ...nothing },
      ],
    });
  });

  test("has undocumented fields in the dialect extra-fields", async () => {
    const { data, ...envelope } = await activateBoth("extra-fields");
    expect(envelope).toMatchObject({ object: "organization.certificate.activation", region: "eu" });
    expect(data[0]).toMatchObject({ id: "cert_a", tags: ["edge"] });
  });
});

describe("a list in the dialect sparse", () => {
  beforeEach(() => start("sparse"));

  test("contains has_more and last_id only when there is a next page", async () => {
    const page = await bodyOf("GET", `${ORGANIZATION}?limit=2`);
    expect(page).toMatchObject({ has_more: true, last_id: "cert_b" });
    expect(await bodyOf("GET", `${ORGANIZATION}?limit=2&after=cert_b`)).toEqual({
      data: [{ id: "cert_c", active: false }],
    });
  });

  test("contains the requested content", async () => {
    const certificate = await bodyOf("GET", `${ORGANIZATION}/cert_b?include[]=content`);
    expect(certificate).toMatchObject({ certificate_details: { content: expect.any(String) as string } });
  });
});

test.each([
  ["activation-object", { object: "certificate.deleted", id: "cert_c" }],
  ["sparse", { id: "cert_c" }],
  ["deleted-true", { object: "certificate", id: "cert_c", deleted: true }],
] as const)("a delete is confirmed in the dialect %s by %j", async (dialect, body) => {
  await start(dialect);
  expect(await bodyOf("DELETE", `${ORGANIZATION}/cert_c`)).toEqual(body);
});

test("a fault gives a single response another dialect", async () => {
  await start("activation-object");
  emulator.faults.add({ endpoint: "list", kind: "sparse" });
  expect(await bodyOf("GET", ORGANIZATION)).not.toHaveProperty("object");
  expect(await bodyOf("GET", ORGANIZATION)).toHaveProperty("object", "list");
});
