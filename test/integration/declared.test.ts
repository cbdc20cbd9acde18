import type { Properties } from "../../provider/dynamic/protocol";
import { organization, project } from "../../provider/index";
import { startRun } from "../../provider/session/session";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

let emulator: Emulator;
let log: CapturedLog;
let settings: Map<string, string>;

beforeEach(async () => {
  startRun();
  log = captureLog();
  emulator = await startEmulator();
  emulator.seed(["cert_a", "cert_b", "cert_c"].map((id) => ({ id, active: true })));
  settings = new Map([
    ["openai-certificates:baseUrl", emulator.url],
    ["openai-certificates:adminKey", emulator.adminKey],
  ]);
  await organization.configure({ config: { get: (key: string) => settings.get(key) } as never });
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

const ids = (...active: readonly string[]): Properties =>
  Object.fromEntries(active.map((id) => [id, "active"]));
const check = (certificateIds: readonly string[], more: Properties = {}) =>
  organization.check({}, { certificateIds, ...more });
const remove = (...managed: readonly string[]) =>
  organization.delete("organization", { certificateIds: ids(...managed) });

test("an id that a checked resource declares is not deactivated by the delete of another resource", async () => {
  await check(["cert_a"]);
  await remove("cert_a", "cert_b");
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_c"]);
});

test("a resource with invalid arguments still declares its ids", async () => {
  const { failures } = await check(["cert_a"], { expiryWarningDays: -1 });
  expect(failures).toHaveLength(1);
  await remove("cert_a", "cert_b");
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_c"]);
});

test.each([
  ["of the same settings", {}],
  ["of the same key, which names the organization, too", { organization: "org-acme" }],
])("a resource of another connection %s declares its ids for the same organization", async (_name, more) => {
  for (const [key, value] of Object.entries({
    baseUrl: emulator.url,
    adminKey: emulator.adminKey,
    ...more,
  }))
    settings.set(`acme:${key}`, value);

  await check(["cert_a"], { connection: "acme" });
  await remove("cert_a");
  expect(emulator.activeIds()).toContain("cert_a");
});

test("a resource of another organization declares no ids for this one", async () => {
  settings.set("acme:baseUrl", emulator.url).set("acme:adminKey", "sk-admin-other");
  settings.set("openai-certificates:verifyInPreview", "false").set("acme:verifyInPreview", "false");
  await check(["cert_a"], { connection: "acme" });
  await remove("cert_a");
  expect(emulator.activeIds()).not.toContain("cert_a");
});

test("an update that no longer lists an id waits for the check of the resource that declares it", async () => {
  const update = organization.update(
    "organization",
    { certificateIds: ids("cert_a", "cert_b") },
    { certificateIds: ids("cert_a") },
  );
  // The engine checks the next resource while the update of the first one runs.
  const checked = check(["cert_b"]);
  await Promise.all([update, checked]);
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_b", "cert_c"]);
  expect(log.lines).toContainEqual(expect.stringMatching(/cert_b stays active: another resource/));
});

test("a resource that is checked after another one deactivated its id is updated", async () => {
  await organization.update(
    "organization",
    { certificateIds: ids("cert_a", "cert_b") },
    { certificateIds: ids("cert_a") },
  );
  const state = { certificateIds: ids("cert_b"), certificates: {} };
  const checked = await organization.check(state, { certificateIds: ["cert_b"] });
  const { changes } = await organization.diff("organization", state, checked.inputs as Properties);
  expect(changes).toBe(true);
});

test("a delete without ids to deactivate makes no call", async () => {
  await check(["cert_a"]);
  emulator.clearLog();
  await remove("cert_a");
  expect(countCalls(emulator.log)).toEqual({});
});

test.each(["..", "\ud800"])(
  "a project id such as %j fails its property, whatever is declared for it",
  async (projectId) => {
    expect(await project.check({}, { projectId, certificateIds: ["cert_a"] })).toMatchObject({
      failures: [{ property: "projectId", reason: expect.stringContaining("use a project id") as unknown }],
    });
  },
);

test("declarations apply to one run only", async () => {
  await check(["cert_a"]);
  startRun();
  await remove("cert_a");
  expect(emulator.activeIds()).not.toContain("cert_a");
});
