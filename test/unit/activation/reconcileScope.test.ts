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

  test.each([
    ["the set is exclusive", { exclusive: true }],
    ["a change of enforcement is to be refused", { enforcementChange: "refuse" }],
  ] as const)("takes a new list although there is a recent one when %s", async (_, policies) => {
    const recalled = await model.list();
    Object.assign(model, { cachedList: () => recalled });
    await reconcileScope(model, desire(["old", "new"], policies), NONE, NOW_MS);
    expect(requests().slice(0, 3)).toEqual(["list", "list", "activate new"]);
  });

  test("takes a new list when the recent one leaves nothing to do", async () => {
    const recalled = await model.list();
    model.changeOutOfBand("deactivate", ["old"]);
    await reconcileScope(Object.assign(model, { cachedList: () => recalled }), desire(["old"]), NONE, NOW_MS);
    expect(requests()).toEqual(["list", "list", "activate old"]);
  });

  test("requests the new list for the ids that it decides about", async () => {
    const all = await model.list();
    const list = jest.fn(async () => all);
    await reconcileScope(Object.assign(model, { list }), desire(["new"]), NONE, NOW_MS);
    expect(list).toHaveBeenCalledWith(new Set(["new"]));
  });

  test("leaves active what another resource declares, logs that, and does not keep it in the state", async () => {
    model.declarations.declare(["old"]);
    const warn = jest.fn();
    const scoped = Object.assign(model, { warn });
    const { state } = await reconcileScope(scoped, desire(["new"]), new Set(["old"]), NOW_MS);
    expect(requests()).toEqual(["list", "activate new"]);
    expect(model.messages).toEqual([
      "organization: old stays active: another resource of this program declares it.",
    ]);
    expect(warn).not.toHaveBeenCalled();
    expect(state.certificateIds).toEqual({ new: "active" });
    expect(state.unmanagedActiveCertificateIds).toEqual({ old: "declared", theirs: "active" });
  });

  test("warns when an exclusive set leaves active what another resource declares", async () => {
    model.declarations.declare(["theirs", "old"]);
    const warn = jest.fn();
    const scoped = Object.assign(model, { warn });
    await reconcileScope(scoped, desire(["new"], { exclusive: true }), NONE, NOW_MS);
    expect(model.messages).toEqual([]);
    expect(warn.mock.calls).toEqual([
      [
        "organization: old, theirs stay active although exclusive is set: another resource of this program declares " +
          "them. Declare them in one resource, or do not set exclusive.",
      ],
    ]);
  });

  test("warns about one id in the singular", async () => {
    model.declarations.declare(["theirs"]);
    await reconcileScope(model, desire(["new", "old"], { exclusive: true }), NONE, NOW_MS);
    expect(model.messages).toEqual([
      "organization: theirs stays active although exclusive is set: another resource of this program declares it. " +
        "Declare it in one resource, or do not set exclusive.",
    ]);
  });

  test("logs nothing about what this resource declares, too", async () => {
    model.declarations.declare(["old", "new"]);
    await reconcileScope(model, desire(["old", "new"], { exclusive: true }), new Set(["old"]), NOW_MS);
    expect(model.messages).toEqual([]);
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

  test("logs nothing and changes nothing when enforcement would change against the policy", async () => {
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
  const policies = { exclusive: true };

  test("names the resource's ids that are still active", async () => {
    const { state } = await readScope(model, new Set(["old", "new"]), policies, NONE);
    expect(state).toMatchObject({ unmanagedActiveCertificateIds: { theirs: "active" } });
    expect(state.certificateIds).toEqual({ old: "active" });
    expect(requests()).toEqual(["list"]);
  });

  test("takes all that are active for a resource that has none yet", async () => {
    const { state } = await readScope(model, undefined, policies, NONE);
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

  test("logs several ids that another resource declares, sorted", async () => {
    model.upload("shared", { active: true });
    model.declarations.declare(["shared", "old"]);
    await deactivateManaged(model, new Set(["shared", "old"]), "warn");
    expect(model.messages).toEqual([
      "organization: old, shared stay active: another resource of this program declares them.",
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

  test("that fails halfway names what is still active", async () => {
    const ids = manyIds(12);
    for (const id of ids) model.upload(id, { active: true });
    model.failing([undefined, undefined, "lost before"]);
    await expect(deactivateManaged(model, new Set(ids), "warn")).rejects.toThrow(
      /^deactivate, chunk 2 of 2 in the organization failed: .*\nstill active, to be deactivated \(2\): c11, c12\n/,
    );
    expect(requests().at(-1)).toBe("list");
  });
});
