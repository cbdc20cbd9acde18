import { deactivateManaged, readScope, reconcileScope } from "../../../provider/activation/reconcileScope";
import { ApiError } from "../../../provider/api/errors/apiError";
import { CertificateModel } from "../../property/model/certificateModel";
import { desire, manyIds, NOW } from "./given";

const NOW_MS = NOW * 1000;
const NONE = new Set<string>();
let model: CertificateModel;

beforeEach(() => {
  model = new CertificateModel(NOW);
  model.upload("old", { active: true, days: 90 });
  model.upload("new", { days: 400 });
  model.upload("expired", { days: -1 });
  model.upload("theirs", { active: true });
});

const requests = () => model.calls.map(({ what, ids }) => [what, ...ids].join(" "));

describe("an update", () => {
  test("rotates: activates the successor, deactivates the predecessor, and returns the active ids as the state", async () => {
    const { state, failure } = await reconcileScope(model, desire(["new"]), new Set(["old"]), NOW_MS);
    expect(failure).toBeUndefined();
    expect(state).toMatchObject({
      certificateIds: { new: "active" },
      enforced: true,
      unmanagedActiveCertificateIds: { theirs: "active" },
    });
    expect(state.certificateIds).not.toHaveProperty("old");
    expect(requests()).toEqual(["list", "activate new", "deactivate old"]);
  });

  test("adopts what is active already with one list", async () => {
    const { state } = await reconcileScope(model, desire(["theirs"]), NONE, NOW_MS);
    expect(state.certificateIds).toEqual({ theirs: "active" });
    expect(requests()).toEqual(["list"]);
  });

  test("uses a recent list, and requests it for the ids that it decides about", async () => {
    const recalled = await model.list();
    const cachedList = jest.fn(() => recalled);
    await reconcileScope(Object.assign(model, { cachedList }), desire(["new"]), new Set(["old"]), NOW_MS);
    expect(cachedList).toHaveBeenCalledWith(new Set(["new"]));
    expect(requests()).toEqual(["list", "activate new", "deactivate old"]);
  });

  test("refuses all of it when one id cannot be activated, and names each with its reason", async () => {
    const refused = reconcileScope(model, desire(["new", "gone", "expired"]), new Set(["old"]), NOW_MS);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(
        /^2 certificates cannot be activated in the organization. No changes were made.\n {2}expired expired at .*\n {2}gone not found.*$/,
      ) as string,
      stack: "",
    });
    expect(requests()).toEqual(["list"]);
  });

  test("says nothing and changes nothing when enforcement would change against the policy", async () => {
    model.changeOutOfBand("deactivate", ["old", "theirs"]);
    const refused = reconcileScope(model, desire(["new"], { enforcementChange: "refuse" }), NONE, NOW_MS);
    await expect(refused).rejects.toThrow('rejected by enforcementChange: "refuse"');
    expect(model.messages).toEqual([]);
    expect(requests()).toEqual(["list"]);
  });

  test("reports where it stopped, and keeps in the state what is still to go off", async () => {
    model.failing([undefined, undefined, "throttled"]);
    const { state, failure } = await reconcileScope(model, desire(["new"]), new Set(["old"]), NOW_MS);
    expect(state.certificateIds).toEqual({ new: "active", old: "active" });
    expect(failure?.changedAnything).toBe(true);
    expect(failure?.report[0]).toMatch(/^deactivate, chunk 1 of 1 in the organization failed: POST .* 429/);
  });

  test("distinguishes a failure that changed nothing from one that may have", async () => {
    model.failing([undefined, "lost before"]);
    const unchanged = await reconcileScope(model, desire(["new"]), NONE, NOW_MS);
    expect(unchanged.failure?.changedAnything).toBe(false);
    model.failing([undefined, "lost before", "throttled"]);
    const unknown = await reconcileScope(model, desire(["new"]), NONE, NOW_MS);
    expect(unknown.failure?.changedAnything).toBe(true);
    expect(unknown.state.certificateIds).toEqual({ new: "unverified" });
  });

  test("fails with the API's own error when the list cannot be had", async () => {
    model.failing(["forbidden"]);
    await expect(reconcileScope(model, desire(["new"]), NONE, NOW_MS)).rejects.toThrow(ApiError);
    expect(requests()).toEqual(["list"]);
  });
});

describe("a look", () => {
  const policies = { exclusive: true, enforcementChange: "refuse" } as const;

  test("says which of the resource's ids are still active, and keeps its policies", async () => {
    const state = await readScope(model, new Set(["old", "new"]), policies, NONE);
    expect(state).toMatchObject({ ...policies, unmanagedActiveCertificateIds: { theirs: "active" } });
    expect(state.certificateIds).toEqual({ old: "active" });
    expect(requests()).toEqual(["list"]);
  });

  test("takes all that are active for a resource that has none yet", async () => {
    const state = await readScope(model, undefined, policies, NONE);
    expect(state.certificateIds).toEqual({ old: "active", theirs: "active" });
    expect(state.unmanagedActiveCertificateIds).toEqual({});
  });
});

describe("a removal", () => {
  test("deactivates what is the resource's own, and minds neither what is off nor what is gone", async () => {
    await deactivateManaged(model, new Set(["old", "new", "gone"]), "warn");
    expect(model.active).toEqual(new Set(["theirs"]));
    expect(requests()).toEqual(["list", "deactivate old"]);
  });

  test("lists again, however recently the scope was listed", async () => {
    const recalled = await model.list();
    await deactivateManaged(Object.assign(model, { cachedList: () => recalled }), new Set(["old"]), "warn");
    expect(requests()).toEqual(["list", "list", "deactivate old"]);
  });

  test("leaves active what another resource of the program declares, and logs it", async () => {
    model.upload("shared", { active: true });
    model.declarations.declare(["shared"]);
    await deactivateManaged(model, new Set(["old", "shared"]), "warn");
    expect(model.active).toEqual(new Set(["theirs", "shared"]));
    expect(model.messages).toEqual([
      "organization: shared stays active: another resource of this program declares it.",
    ]);
  });

  test("makes no call when other resources declare all of it, and is not refused for a change of enforcement", async () => {
    model.declarations.declare(["old", "theirs"]);
    await deactivateManaged(model, new Set(["old", "theirs"]), "refuse");
    expect(requests()).toEqual([]);
  });

  test("refuses to turn enforcement off against the policy", async () => {
    const refused = deactivateManaged(model, new Set(["old", "theirs"]), "refuse");
    await expect(refused).rejects.toThrow("mTLS will be turned off");
    expect(model.active).toEqual(new Set(["old", "theirs"]));
  });

  test("that fails halfway says what is still active", async () => {
    const ids = manyIds(12);
    for (const id of ids) model.upload(id, { active: true });
    model.failing([undefined, undefined, "lost before"]);
    await expect(deactivateManaged(model, new Set(ids), "warn")).rejects.toThrow(
      /^deactivate, chunk 2 of 2 in the organization failed: .*\nstill active, to be deactivated \(2\): c11, c12\n/,
    );
    expect(requests().at(-1)).toBe("list");
  });
});
