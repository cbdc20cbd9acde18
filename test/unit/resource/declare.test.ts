import type { Scope } from "../../../provider/api/scope";
import { declare } from "../../../provider/resource/declare";
import { UNKNOWN } from "../../../provider/resource/unknown";
import { scopeSessionOf, startRun } from "../../../provider/session/session";
import { DEFAULT_CONNECTION } from "../../../provider/settings/settings";

const ORGANIZATION: Scope = { kind: "organization" };
const PROJECT: Scope = { kind: "project", projectId: "proj_a" };
const IDS = ["cert_a", "cert_b"];

const declaredIn = (scope: Scope, connection = DEFAULT_CONNECTION) => [
  ...scopeSessionOf(connection, scope).declarations.declared,
];

beforeEach(startRun);
afterAll(startRun);

describe("the ids that a resource declares", () => {
  test.each([undefined, null])("count for the default connection when the argument is %s", (connection) => {
    declare("organization", { connection, certificateIds: IDS });
    expect(declaredIn(ORGANIZATION)).toEqual(IDS);
    expect(declaredIn(PROJECT)).toEqual([]);
  });

  test("count for the project of the resource", () => {
    declare("project", { projectId: "proj_a", certificateIds: IDS });
    expect(declaredIn(PROJECT)).toEqual(IDS);
    expect(declaredIn({ kind: "project", projectId: "proj_b" })).toEqual([]);
    expect(declaredIn(ORGANIZATION)).toEqual([]);
  });

  test("count although another argument is invalid, and without those that are unknown", () => {
    declare("organization", { certificateIds: ["cert_a", UNKNOWN, 7], exclusive: "yes" });
    expect(declaredIn(ORGANIZATION)).toEqual(["cert_a"]);
  });

  test.each(["", UNKNOWN, 7])("count nowhere while the connection is %j", (connection) => {
    declare("organization", { connection, certificateIds: IDS });
    expect(declaredIn(ORGANIZATION)).toEqual([]);
  });

  test.each([undefined, null, "", UNKNOWN, 7])("count nowhere while the project is %j", (projectId) => {
    declare("project", { projectId, certificateIds: IDS });
    expect(declaredIn(PROJECT)).toEqual([]);
    expect(declaredIn(ORGANIZATION)).toEqual([]);
  });
});
