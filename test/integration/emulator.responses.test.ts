import { issueCa } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { errorProblems, operationIds, responseProblems } from "../emulator/openApiSchema";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";
const PROJECT = "/organization/projects/proj_a/certificates";
const certificateIds = { certificate_ids: ["cert_a", "cert_b"] };

interface Scenario {
  readonly method: string;
  readonly path: string;
  readonly body?: () => unknown;
}

let emulator: Emulator;
let pem: string;

const scenarios: Readonly<Record<string, Scenario>> = {
  listOrganizationCertificates: { method: "GET", path: ORGANIZATION },
  uploadCertificate: { method: "POST", path: ORGANIZATION, body: () => ({ certificate: pem }) },
  activateOrganizationCertificates: {
    method: "POST",
    path: `${ORGANIZATION}/activate`,
    body: () => certificateIds,
  },
  deactivateOrganizationCertificates: {
    method: "POST",
    path: `${ORGANIZATION}/deactivate`,
    body: () => certificateIds,
  },
  getCertificate: { method: "GET", path: `${ORGANIZATION}/cert_a?include[]=content` },
  modifyCertificate: {
    method: "POST",
    path: `${ORGANIZATION}/cert_a`,
    body: () => ({ name: "renamed" }),
  },
  deleteCertificate: { method: "DELETE", path: `${ORGANIZATION}/cert_a` },
  listProjectCertificates: { method: "GET", path: PROJECT },
  activateProjectCertificates: { method: "POST", path: `${PROJECT}/activate`, body: () => certificateIds },
  deactivateProjectCertificates: {
    method: "POST",
    path: `${PROJECT}/deactivate`,
    body: () => certificateIds,
  },
};

beforeAll(async () => {
  ({ pem } = await issueCa());
});

beforeEach(async () => {
  emulator = await startEmulator({ projects: ["proj_a"] });
  emulator.seed([{ id: "cert_a", name: "a", pem }, { id: "cert_b" }]);
});

afterEach(() => emulator.close());

test("every operation of the document is tested below", () => {
  expect(Object.keys(scenarios).sort()).toEqual(operationIds.toSorted());
});

describe.each(Object.entries(scenarios))("%s", (operationId, { method, path, body }) => {
  const call = (key?: string) =>
    send(emulator, method, path, { body: body?.(), ...(key !== undefined && { key }) });

  test("responds as documented", async () => {
    const response = await call();
    expect(response.status).toBe(200);
    expect(responseProblems(operationId, response.body)).toEqual([]);
  });

  test("rejects a wrong key with the documented error", async () => {
    const response = await call("sk-wrong");
    expect(response.status).toBe(401);
    expect(errorProblems(response.body)).toEqual([]);
    expect(response.body).toMatchObject({ error: { code: "invalid_api_key" } });
  });
});

test.each([
  [400, "GET", `${ORGANIZATION}?limit=0`, undefined],
  [400, "POST", `${ORGANIZATION}/activate`, { certificate_ids: [] }],
  [400, "POST", `${ORGANIZATION}/activate`, "{"],
  [400, "POST", ORGANIZATION, { certificate: "no PEM" }],
  [404, "GET", `${ORGANIZATION}/cert_unknown`, undefined],
  [404, "GET", "/organization/projects/proj_unknown/certificates", undefined],
  [404, "GET", "/nowhere", undefined],
  [413, "POST", ORGANIZATION, { certificate: "x".repeat(2 * 1024 * 1024) }],
])("the error %i of %s %s has the documented format", async (status, method, path, body) => {
  const response = await send(emulator, method, path, { body });
  expect(response.status).toBe(status);
  expect(errorProblems(response.body)).toEqual([]);
  expect(response.headers["x-request-id"]).toMatch(/^req_[A-Za-z0-9]{24}$/);
});

test("an empty list has no first and no last id", async () => {
  emulator.remove("cert_a");
  emulator.remove("cert_b");
  const response = await send(emulator, "GET", ORGANIZATION);
  expect(responseProblems("listOrganizationCertificates", response.body)).toEqual([]);
  expect(response.body).toEqual({
    object: "list",
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  });
});

test("an undocumented response is detected", () => {
  expect(responseProblems("deleteCertificate", { object: "certificate.deleted" })).not.toEqual([]);
});
