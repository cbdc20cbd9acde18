import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../emulator/index";
import { startRehearsal } from "../emulator/rehearsal/rehearsal";
import type { Rehearsal } from "../emulator/rehearsal/rehearsal";
import { send } from "../emulator/send";

let parent: string;
let folder: string;
let rehearsal: Rehearsal;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "rehearsal-"));
  folder = join(parent, "it's new");
  rehearsal = await startRehearsal(folder);
});
afterEach(async () => {
  await rehearsal.emulator.close();
  await rm(parent, { recursive: true });
});

const tls = (client?: string) => ({
  ca: rehearsal.files["server-ca.pem"] ?? "",
  ...(client !== undefined && {
    cert: rehearsal.files[`${client}.pem`] ?? "",
    key: rehearsal.files[`${client}.key`] ?? "",
  }),
});

const statusOf = async (client?: string) =>
  (await send(rehearsal.emulator, "GET", "/models", { tls: tls(client) })).status;

/** A request to the dashboard, which is not part of the API. */
const dashboard = ({ url }: Emulator, method: string, path: string) =>
  send({ ...rehearsal.emulator, url: new URL("/dashboard", url).href }, method, path, {
    key: null,
    tls: tls(),
  });

test("a client is accepted if an active certificate trusts it, also over an intermediate that it presents", async () => {
  const { emulator, files } = rehearsal;
  expect(await statusOf()).toBe(200);
  emulator.setActive("cert_abc", true);
  emulator.seed([{ id: "cert_batch", pem: files["batch-ca.pem"] ?? "", active: true }]);
  const clients = ["client", "ci-client", "batch", "client-2027", "ci-client-2027", "unknown-client"];
  expect(await Promise.all(clients.map(statusOf))).toEqual([200, 200, 200, 401, 401, 401]);
  expect(await statusOf()).toBe(401);
});

test("the dashboard activates and deactivates without a client certificate, and shows the certificates", async () => {
  const { emulator } = rehearsal;
  const activated = await dashboard(emulator, "POST", "/activate?id=cert_abc");
  expect(activated.text).toMatch(/^cert_abc +Gateway 2026 .* organization$/m);
  await dashboard(emulator, "POST", "/activate?id=cert_def&project=proj_abc");
  expect([await statusOf(), emulator.activeIds(), emulator.activeIds("proj_abc")]).toEqual([
    401,
    ["cert_abc"],
    ["cert_def"],
  ]);
  await dashboard(emulator, "POST", "/deactivate?id=cert_abc");
  expect([emulator.activeIds(), emulator.activeIds("proj_abc")]).toEqual([[], ["cert_def"]]);
  await dashboard(emulator, "POST", "/deactivate");
  expect([emulator.activeIds("proj_abc"), await statusOf()]).toEqual([[], 200]);
});

test.each([
  ["POST", "/activate", 400, "Name a certificate"],
  ["POST", "/activate?id=cert_none", 404, "No certificate found"],
  ["POST", "/activate?id=cert_abc&project=proj_none", 404, "No project found"],
  ["POST", "/deactivate?id=cert_none", 404, "No certificate found"],
])("the dashboard rejects %s %s with %i", async (method, path, status, reason) => {
  const response = await dashboard(rehearsal.emulator, method, path);
  expect(response.status).toBe(status);
  expect(response.text).toContain(reason);
});

test("a change in the dashboard is recorded in the audit log as one of a session, and is no call", async () => {
  const { emulator } = rehearsal;
  await dashboard(emulator, "POST", "/activate?id=cert_abc");
  expect(emulator.log).toEqual([]);
  const { body } = await send(emulator, "GET", "/organization/audit_logs", { tls: tls("client") });
  expect(body).toMatchObject({ data: [{ type: "certificates.activated", actor: { type: "session" } }] });
});

test("the same folder keeps its certificates, with the address of the new server", async () => {
  await rehearsal.emulator.close();
  const first = rehearsal;
  rehearsal = await startRehearsal(folder);
  expect(rehearsal.files["ci-client.key"]).toBe(first.files["ci-client.key"]);
  const environment = await readFile(join(folder, "env.sh"), "utf8");
  expect(environment).toContain(`export OPENAI_BASE_URL='${rehearsal.emulator.url}'`);
  expect(environment).toContain(`export REHEARSAL='${folder.replace("'", "'\\''")}'`);
  expect(await statusOf("client")).toBe(200);
});

test("a folder that contains something else is left alone", async () => {
  const other = join(parent, "other");
  await startRehearsal(other).then(({ emulator }) => emulator.close());
  await rm(join(other, "env.sh"));
  await writeFile(join(other, "gateway-ca.pem"), "mine");
  await expect(startRehearsal(other)).rejects.toThrow("is not empty");
  expect(await readFile(join(other, "gateway-ca.pem"), "utf8")).toBe("mine");
});
