import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const PATH = "/organization/audit_logs";
let emulator: Emulator;
let now: number;

beforeEach(async () => {
  now = NOW;
  emulator = await startEmulator({ projects: ["proj_a"], now: () => now });
  emulator.seed([{ id: "cert_a", name: "Gateway" }, { id: "cert_b" }]);
  const body = { certificate_ids: ["cert_a", "cert_b"] };
  await send(emulator, "POST", "/organization/certificates/activate", { body });
  now += 60_000;
  emulator.setActive("cert_a", false);
  emulator.setActive("cert_b", true, "proj_a");
});
afterEach(() => emulator.close());

async function events(query = "") {
  const { body } = await send(emulator, "GET", PATH + query);
  return (body as { data: Record<string, unknown>[] }).data;
}

describe("the audit log", () => {
  test("lists from newest to oldest who activated or deactivated which certificates, and where", async () => {
    const [inProject, off, on] = await events();
    expect(inProject).toMatchObject({ type: "certificates.activated", project: { id: "proj_a" } });
    expect(off).toMatchObject({
      type: "certificates.deactivated",
      effective_at: NOW / 1000 + 60,
      actor: { type: "session", session: { user: { email: "somebody@example.com" } } },
      "certificates.deactivated": { certificates: [{ id: "cert_a", name: "Gateway" }] },
    });
    expect(on).toMatchObject({
      actor: { type: "api_key", api_key: { user: { email: "pipeline@example.com" } } },
      "certificates.activated": { certificates: [{ id: "cert_a" }, { id: "cert_b" }] },
    });
  });

  test.each([
    ["types", "?event_types[]=certificates.deactivated", 1],
    ["several types", "?event_types[]=certificates.deactivated&event_types[]=certificates.activated", 3],
    ["a time", `?effective_at[gte]=${NOW / 1000 + 1}`, 2],
    ["a count", "?limit=1", 1],
  ])("is narrowed by %s", async (_by, query, count) => {
    expect(await events(query)).toHaveLength(count);
  });

  test("requires the key", async () => {
    expect(await send(emulator, "GET", PATH, { key: null })).toMatchObject({ status: 401 });
  });

  test("contains no rejected calls", async () => {
    const before = await events();
    const body = { certificate_ids: ["cert_nowhere"] };
    await send(emulator, "POST", "/organization/certificates/activate", { body });
    expect(await events()).toEqual(before);
  });
});
