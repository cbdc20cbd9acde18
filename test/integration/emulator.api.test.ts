import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { errorProblems } from "../emulator/openApiSchema";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";
const PROJECT = "/organization/projects/proj_a/certificates";
const names = (...ids: string[]) => ({ body: { certificate_ids: ids } });
const code = (text: string) => ({ error: { code: text } });

const NOW = Date.parse("2026-06-01T00:00:00Z");
const DAY_SECONDS = 24 * 60 * 60;
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ projects: ["proj_a", "proj_b"], now: () => NOW });
});

afterEach(() => emulator.close());

describe("lists", () => {
  const listed = async (query: string) => {
    const { body } = await send(emulator, "GET", ORGANIZATION + query);
    const { data, ...rest } = body as { data: { id: string }[]; has_more: boolean };
    return { ids: data.map(({ id }) => id), ...rest };
  };

  beforeEach(() => {
    const createdAt = NOW / 1000;
    emulator.seed([
      { id: "cert_b", createdAt },
      { id: "cert_a", createdAt },
      { id: "cert_old", createdAt: createdAt - 1 },
    ]);
  });

  test("are sorted from newest to oldest, then by id", async () => {
    expect((await listed("")).ids).toEqual(["cert_b", "cert_a", "cert_old"]);
    expect((await listed("?order=asc")).ids).toEqual(["cert_old", "cert_a", "cert_b"]);
  });

  test("are paged by limit and after", async () => {
    expect(await listed("?limit=2")).toMatchObject({
      ids: ["cert_b", "cert_a"],
      first_id: "cert_b",
      last_id: "cert_a",
      has_more: true,
    });
    expect(await listed("?limit=2&after=cert_a")).toMatchObject({ ids: ["cert_old"], has_more: false });
  });

  test("contain 20 certificates by default, and at most 100", async () => {
    emulator.seed(Array.from({ length: 30 }, () => ({})));
    expect((await listed("")).ids).toHaveLength(20);
    expect((await listed("?limit=100")).ids).toHaveLength(33);
  });

  test.each(["limit=101", "limit=0", "limit=-1", "limit=ten", "after=cert_unknown", "order=up"])(
    "are rejected for %s",
    async (query) => {
      expect((await send(emulator, "GET", `${ORGANIZATION}?${query}`)).status).toBe(400);
    },
  );

  test("of a project contain all certificates, with `active` for the project", async () => {
    emulator.setActive("cert_a", true, "proj_a");
    emulator.setActive("cert_b", true);
    const { body } = await send(emulator, "GET", `${PROJECT}?order=asc`);
    expect(body).toMatchObject({
      data: [
        { id: "cert_old", active: false, object: "organization.project.certificate" },
        { id: "cert_a", active: true },
        { id: "cert_b", active: false },
      ],
    });
  });
});

describe("activate and deactivate", () => {
  beforeEach(() => {
    emulator.seed([
      { id: "cert_a" },
      { id: "cert_b" },
      { id: "cert_expiring", expiresAt: NOW / 1000 + DAY_SECONDS },
    ]);
  });

  test("change only the requested scope, and return the requested certificates", async () => {
    const response = await send(emulator, "POST", `${ORGANIZATION}/activate`, names("cert_b", "cert_a"));
    expect(response.body).toMatchObject({
      object: "organization.certificate.activation",
      data: [
        { id: "cert_b", active: true, object: "organization.certificate" },
        { id: "cert_a", active: true },
      ],
    });
    expect(emulator.activeIds()).toEqual(["cert_a", "cert_b"]);
    expect(emulator.activeIds("proj_a")).toEqual([]);
  });

  test("change one project but no other", async () => {
    emulator.setActive("cert_a", true, "proj_b");
    await send(emulator, "POST", `${PROJECT}/activate`, names("cert_a", "cert_b"));
    const response = await send(emulator, "POST", `${PROJECT}/deactivate`, names("cert_a"));
    expect(response.body).toMatchObject({
      object: "organization.project.certificate.deactivation",
      data: [{ id: "cert_a", active: false, object: "organization.project.certificate" }],
    });
    expect(emulator.activeIds("proj_a")).toEqual(["cert_b"]);
    expect(emulator.activeIds("proj_b")).toEqual(["cert_a"]);
    expect(emulator.activeIds()).toEqual([]);
  });

  test("are idempotent", async () => {
    for (const verb of ["activate", "activate", "deactivate", "deactivate"])
      expect((await send(emulator, "POST", `${ORGANIZATION}/${verb}`, names("cert_a"))).status).toBe(200);
  });

  test("change all certificates or none, and name the unknown id", async () => {
    const response = await send(emulator, "POST", `${ORGANIZATION}/activate`, names("cert_a", "cert_none"));
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({
      error: { message: expect.stringContaining("cert_none") as unknown },
    });
    expect(emulator.activeIds()).toEqual([]);
  });

  test("accept 1 to 10 ids", async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `cert_${index}`);
    emulator.seed(ids.map((id) => ({ id })));
    const activate = async (requested: string[]) =>
      (await send(emulator, "POST", `${ORGANIZATION}/activate`, names(...requested))).status;
    expect(await activate([])).toBe(400);
    expect(await activate(ids)).toBe(400);
    expect(await activate(ids.slice(1))).toBe(200);
  });

  test("reject the activation of a certificate that expires within a day, but not its deactivation", async () => {
    const path = `${ORGANIZATION}/activate`;
    const response = await send(emulator, "POST", path, names("cert_a", "cert_expiring"));
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject(code("expired_certificate"));
    expect(emulator.activeIds()).toEqual([]);
    emulator.setActive("cert_expiring", true);
    await send(emulator, "POST", `${ORGANIZATION}/deactivate`, names("cert_expiring"));
    expect(emulator.activeIds()).toEqual([]);
  });

  test("accept only projects that exist", async () => {
    const path = "/organization/projects/proj_new/certificates/activate";
    expect((await send(emulator, "POST", path, names("cert_a"))).status).toBe(404);
    emulator.addProject("proj_new");
    expect((await send(emulator, "POST", path, names("cert_a"))).status).toBe(200);
  });
});

describe("a certificate", () => {
  beforeEach(() => {
    emulator.seed([{ id: "cert_a", name: "a" }]);
  });

  test("is returned by id without `active`", async () => {
    const { body } = await send(emulator, "GET", `${ORGANIZATION}/cert_a`);
    expect(body).toMatchObject({ object: "certificate", id: "cert_a", name: "a" });
    expect(body).not.toHaveProperty("active");
    expect(body).not.toHaveProperty("certificate_details.content");
  });

  test.each(["include[]=content", "include%5B%5D=content", "include=content"])(
    "has its PEM for %s",
    async (query) => {
      const { body } = await send(emulator, "GET", `${ORGANIZATION}/cert_a?${query}`);
      expect(body).toHaveProperty(
        "certificate_details.content",
        expect.stringContaining("BEGIN CERTIFICATE"),
      );
    },
  );

  test("is renamed", async () => {
    const { body } = await send(emulator, "POST", `${ORGANIZATION}/cert_a`, { body: { name: "b" } });
    expect(body).toMatchObject({ id: "cert_a", name: "b" });
    expect(emulator.certificates).toMatchObject([{ id: "cert_a", name: "b" }]);
  });

  test.each([undefined, "proj_a"])("is not deleted while active (project: %s)", async (where) => {
    emulator.setActive("cert_a", true, where);
    const rejected = await send(emulator, "DELETE", `${ORGANIZATION}/cert_a`);
    expect(rejected.status).toBe(400);
    expect(rejected.body).toMatchObject(code("certificate_in_use"));
    emulator.setActive("cert_a", false, where);
    const deleted = await send(emulator, "DELETE", `${ORGANIZATION}/cert_a`);
    expect(deleted.body).toEqual({ object: "certificate.deleted", id: "cert_a" });
    expect((await send(emulator, "DELETE", `${ORGANIZATION}/cert_a`)).status).toBe(404);
  });
});

describe("the log", () => {
  test("contains each call and its result, but never the key", async () => {
    emulator.seed([{ id: "cert_a" }]);
    const headers = { "openai-organization": "org_1", "openai-project": "proj_1" };
    await send(emulator, "GET", `${ORGANIZATION}?limit=3`, { headers });
    await send(emulator, "POST", `${PROJECT}/activate`, names("cert_a"));
    await send(emulator, "GET", `${ORGANIZATION}/cert_none`, { key: null });
    await send(emulator, "GET", "/nowhere");
    expect(emulator.log).toMatchObject([
      {
        method: "GET",
        path: "/v1/organization/certificates?limit=3",
        endpoint: "list",
        scope: "organization",
        status: 200,
        executed: true,
        requestHeaders: { authorizationPresent: true, organization: "org_1", project: "proj_1" },
      },
      { endpoint: "activate", scope: { project: "proj_a" }, ids: ["cert_a"], status: 200, executed: true },
      { endpoint: "get", status: 401, executed: false, requestHeaders: { authorizationPresent: false } },
      { endpoint: "unknown", status: 404, executed: false },
    ]);
    expect(countCalls(emulator.log)).toEqual({ list: 1, activate: 1, get: 1, unknown: 1 });
    expect(JSON.stringify(emulator.log)).not.toContain(emulator.adminKey);
    emulator.clearLog();
    expect(emulator.log).toEqual([]);
  });
});

describe("the state file", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("passes certificates and projects to the next emulator", async () => {
    const stateFile = join(folder, "state.json");
    const first = await startEmulator({ stateFile, projects: ["proj_kept"] });
    first.seed([{ id: "cert_a" }, { id: "cert_b" }]);
    await send(first, "POST", `${ORGANIZATION}/activate`, names("cert_a"));
    first.setActive("cert_b", true, "proj_kept");
    await first.close();

    const second = await startEmulator({ stateFile });
    expect(second.certificates).toEqual(first.certificates);
    expect(second.activeIds()).toEqual(["cert_a"]);
    expect(second.activeIds("proj_kept")).toEqual(["cert_b"]);
    second.addProject("proj_new");
    second.setActive("cert_a", true, "proj_new");
    await second.close();
    expect(readFileSync(stateFile, "utf8")).not.toContain(second.adminKey);
  });
});

test.each([
  ["PUT", "/organization/certificates", "GET, POST"],
  ["GET", "/organization/certificates/activate", "POST"],
  ["TRACE", "/organization/certificates/cert_a", "GET, POST, DELETE"],
])(
  "%s on %s is rejected, and the response names the methods that are allowed",
  async (method, path, allow) => {
    const { status, headers, body } = await send(emulator, method, path);
    expect(status).toBe(405);
    expect(headers.allow).toBe(allow);
    expect(errorProblems(body)).toEqual([]);
  },
);
