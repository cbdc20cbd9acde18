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

  test("which is not listed when the project's own certificate accepts the provider", async () => {
    await project.create({ ...PROJECT, certificateIds: ["cert_org"] });
    expect(listsOf(emulator.log)).toEqual([PROJECT_SCOPE]);
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
        property: "certificateIds[1]",
        reason: expect.stringContaining("cert_absent not found") as unknown,
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
