import type { Scope } from "../../../provider/api/scope";
import { declare } from "../../../provider/resource/declare";
import { UNKNOWN } from "../../../provider/resource/resource";
import { scopeSessionOf, startRun } from "../../../provider/session/session";
import { DEFAULT_CONNECTION } from "../../../provider/settings/settings";

const ORGANIZATION: Scope = { kind: "organization" };
const PROJECT: Scope = { kind: "project", projectId: "proj_a" };
const IDS = ["cert_a", "cert_b"];

const declaredIn = async (scope: Scope, connection = DEFAULT_CONNECTION) => [
  ...(await scopeSessionOf(connection, scope).declarations.known()).declared,
];

beforeEach(startRun);
afterAll(startRun);

describe("the ids that a resource declares", () => {
  test.each([undefined, null])(
    "count for the default connection when the argument is %s",
    async (connection) => {
      declare("organization", { connection, certificateIds: IDS });
      expect(await declaredIn(ORGANIZATION)).toEqual(IDS);
      expect(await declaredIn(PROJECT)).toEqual([]);
    },
  );

  test("count for the project of the resource", async () => {
    declare("project", { projectId: "proj_a", certificateIds: IDS });
    expect(await declaredIn(PROJECT)).toEqual(IDS);
    expect(await declaredIn({ kind: "project", projectId: "proj_b" })).toEqual([]);
    expect(await declaredIn(ORGANIZATION)).toEqual([]);
  });

  test("count although another argument is invalid, and without those that are unknown", async () => {
    declare("organization", { certificateIds: ["cert_a", UNKNOWN, 7], exclusive: "yes" });
    expect(await declaredIn(ORGANIZATION)).toEqual(["cert_a"]);
  });

  test.each(["", UNKNOWN, 7])("count nowhere while the connection is %j", async (connection) => {
    declare("organization", { connection, certificateIds: IDS });
    expect(await declaredIn(ORGANIZATION)).toEqual([]);
  });

  test.each([undefined, null, "", UNKNOWN, 7, "..", "\ud800"])(
    "count nowhere while the project is %j",
    async (projectId) => {
      declare("project", { projectId, certificateIds: IDS });
      expect(await declaredIn(PROJECT)).toEqual([]);
      expect(await declaredIn(ORGANIZATION)).toEqual([]);
    },
  );
});
