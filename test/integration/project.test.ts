import { organization, project } from "../../provider/index";
import { countCalls } from "../emulator/index";
import type { Emulator, LoggedCall } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { issueCredentials, seedFleet, startEnforcing } from "./ownAccess";
import type { Credentials } from "./ownAccess";

let credentials: Credentials;
let emulator: Emulator;
let log: CapturedLog;

beforeAll(async () => {
  credentials = await issueCredentials();
});

beforeEach(() => {
  log = captureLog();
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

const PROJECT = { projectId: "proj_a" };
const listsOf = (log: readonly LoggedCall[]) =>
  log.filter(({ endpoint }) => endpoint === "list").map(({ scope }) => scope);

describe("a project inherits the organization's active certificates", () => {
  beforeEach(async () => {
    emulator = await startEnforcing(credentials, { projects: ["proj_a"] });
    seedFleet(emulator, credentials, ["cert_own", "cert_org"], "cert_org");
  });

  test("so an active one that accepts the provider is enough, found with one more list", async () => {
    emulator.setActive("cert_org", true);
    await project.create({ ...PROJECT, certificateIds: ["cert_own"] });
    expect(emulator.activeIds("proj_a")).toEqual(["cert_own"]);
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE, "organization"]);
    expect(countCalls(emulator.log)).toEqual({ list: 2, get: 2, activate: 1 });
  });

  test("which is listed to find out whether the project's own decide about enforcement", async () => {
    await project.create({ ...PROJECT, certificateIds: ["cert_org"] });
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE, "organization"]);
  });

  test("and when none of them accepts the provider, nothing is activated", async () => {
    await expect(project.create({ ...PROJECT, certificateIds: ["cert_own"] })).rejects.toThrow(
      "lock the provider out of the API",
    );
    expect(emulator.activeIds("proj_a")).toEqual([]);
  });
});

const PROJECT_SCOPE = { project: "proj_a" };

describe("a project's list with only the certificates that are associated with the project", () => {
  beforeEach(async () => {
    emulator = await startEnforcing(credentials, { projects: ["proj_a"], projectLists: "associated" });
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
  });

  test("does not keep a certificate from its first activation, which takes one list of the organization", async () => {
    const checked = await project.check({}, { ...PROJECT, certificateIds: ["cert_a", "cert_b"] });
    expect(checked.failures).toEqual([]);
    const created = await project.create(checked.inputs as Record<string, unknown>);
    expect(emulator.activeIds("proj_a")).toEqual(["cert_a", "cert_b"]);
    expect(created).toMatchObject({ outs: { certificateIds: { cert_a: "active", cert_b: "active" } } });
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE, "organization"]);
  });

  test("takes no list of the organization once the certificates are associated", async () => {
    await project.create({ ...PROJECT, certificateIds: ["cert_a", "cert_b"] });
    emulator.setActive("cert_b", false, "proj_a");
    emulator.clearLog();
    await project.update(
      "proj_a",
      { ...PROJECT, certificateIds: { cert_a: "active" } },
      {
        ...PROJECT,
        certificateIds: ["cert_a", "cert_b"],
      },
    );
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE]);
    expect(emulator.activeIds("proj_a")).toEqual(["cert_a", "cert_b"]);
  });

  test("does not accept ids that exist nowhere: they are rejected with a reason", async () => {
    const { failures } = await project.check({}, { ...PROJECT, certificateIds: ["cert_a", "cert_absent"] });
    expect(failures).toMatchObject([
      {
        property: "",
        reason: expect.stringContaining("certificateIds[1]: cert_absent not found") as unknown,
      },
    ]);
  });

  test("does not make a certificate of the organization count as active in the project", async () => {
    await organization.create({ certificateIds: ["cert_a"] });
    const created = await project.create({ ...PROJECT, certificateIds: ["cert_a"] });
    expect(emulator.activeIds("proj_a")).toEqual(["cert_a"]);
    expect(created).toMatchObject({ outs: { certificateIds: { cert_a: "active" } } });
  });
});

describe("a project", () => {
  const STATE = { ...PROJECT, certificateIds: { cert_a: "active" } };
  const update = () => project.update("proj_a", STATE, { ...PROJECT, certificateIds: ["cert_a", "cert_b"] });

  test("whose list has none of the stored ids is verified with one list of the organization", async () => {
    emulator = await startEnforcing(credentials, { projects: ["proj_a"], projectLists: "associated" });
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    expect(await project.read("proj_a", STATE)).toMatchObject({ props: { certificateIds: {} } });
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE, "organization"]);
  });

  test("that was deleted outside Pulumi is gone, and cannot be updated", async () => {
    emulator = await startEnforcing(credentials, {});
    seedFleet(emulator, credentials, ["cert_a", "cert_b"], "cert_a");
    expect(await project.read("proj_a", STATE)).toEqual({});
    await project.delete("proj_a", STATE);
    await expect(update()).rejects.toThrow("project proj_a no longer exists. No changes were made.");
    expect(emulator.log.filter(({ method }) => method === "POST")).toEqual([]);
  });

  test("that another organization does not have stays in the state", async () => {
    emulator = await startEnforcing(credentials, {});
    seedFleet(emulator, credentials, ["cert_other"], "cert_other");
    const read = () => project.read("proj_a", STATE);
    const remove = () => project.delete("proj_a", STATE);
    for (const operation of [read, remove, update]) {
      await expect(operation()).rejects.toThrow(
        "has none of the certificates in the state of this resource: cert_a.",
      );
    }
  });

  test("that a proxy does not find stays in the state", async () => {
    emulator = await startEnforcing(credentials, {});
    seedFleet(emulator, credentials, ["cert_a"], "cert_a");
    emulator.faults.add({ endpoint: "list", scope: PROJECT_SCOPE, kind: "page", status: 404 });
    await expect(project.read("proj_a", STATE)).rejects.toThrow("does not come from the API");
  });
});
