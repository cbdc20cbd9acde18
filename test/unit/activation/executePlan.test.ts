import { executePlan, hasChanged } from "../../../provider/activation/executePlan";
import { CertificateModel } from "../../property/model/certificateModel";
import type { Fault } from "../../property/model/fault";
import { chunk, manyIds, NOW, off, on } from "./given";

const IDS = manyIds(12);
const STEPS = [chunk("activate", IDS.slice(0, 10), 1, 2), chunk("activate", IDS.slice(10), 2, 2)];

let model: CertificateModel;

beforeEach(() => {
  model = new CertificateModel(NOW);
  for (const id of IDS) model.upload(id);
});

async function carryOutWith(faults: readonly (Fault | undefined)[]) {
  model.failing(faults);
  const { certificates, unverified, failure } = await executePlan(model, STEPS, off(...IDS));
  const active = certificates.filter((certificate) => certificate.active).map(({ id }) => id);
  return { active, unverified: [...unverified], failure, calls: model.calls.map(({ what }) => what) };
}

describe("carrying out", () => {
  test("sends the steps in their order, and knows from the responses what is active", async () => {
    const outcome = await carryOutWith([]);
    expect(outcome).toMatchObject({ active: IDS, unverified: [], calls: ["activate", "activate"] });
    expect(outcome.failure).toBeUndefined();
  });

  test.each(["throttled", "forbidden"] as const)(
    "stops when a call is %s, without another list",
    async (fault) => {
      expect(await carryOutWith([undefined, fault])).toMatchObject({
        active: IDS.slice(0, 10),
        unverified: [],
        failure: { chunk: STEPS[1], error: { name: "ApiError" } },
        calls: ["activate", "activate"],
      });
    },
  );

  test.each(["lost after", "wrong response"] as const)(
    "continues when one list shows that a step has succeeded although its response did not: %s",
    async (fault) => {
      const outcome = await carryOutWith([fault]);
      expect(outcome).toMatchObject({ active: IDS, unverified: [], calls: ["activate", "list", "activate"] });
      expect(outcome.failure).toBeUndefined();
    },
  );

  test("stops before the next step when the user cancels, and keeps what was done", async () => {
    const canceledAfterOne = Object.assign(model, { isCanceled: () => model.calls.length > 0 });
    const { certificates, failure } = await executePlan(canceledAfterOne, STEPS, off(...IDS));
    expect(certificates.filter(({ active }) => active).map(({ id }) => id)).toEqual(IDS.slice(0, 10));
    expect(failure).toMatchObject({
      chunk: STEPS[1],
      unsent: [],
      error: { message: "the update was canceled" },
    });
  });

  test("lists once for each response that leaves it open", async () => {
    const outcome = await carryOutWith(["wrong response", undefined, "wrong response"]);
    expect(outcome).toMatchObject({ active: IDS, calls: ["activate", "list", "activate", "list"] });
    expect(outcome.failure).toBeUndefined();
  });

  test("continues to deactivate after a lost response, and takes an id that is not listed for inactive", async () => {
    const chunks = [chunk("deactivate", IDS.slice(0, 10), 1, 2), chunk("deactivate", IDS.slice(10), 2, 2)];
    model.changeOutOfBand("activate", IDS);
    model.failing(["lost after"]);
    const list = model.list.bind(model);
    model.list = async () => (await list()).filter(({ active }) => active);
    const outcome = await executePlan(model, chunks, on(...IDS));
    expect(outcome.failure).toBeUndefined();
    expect(model.calls.map(({ what }) => what)).toEqual(["deactivate", "list", "deactivate"]);
  });

  test("leaves active what a resource declares by now, and sends no call for a step of which nothing is left", async () => {
    const chunks = [chunk("deactivate", IDS.slice(0, 10), 1, 2), chunk("deactivate", IDS.slice(10), 2, 2)];
    model.changeOutOfBand("activate", IDS);
    model.declarations.declare([...IDS.slice(0, 10), "c11"]);
    const outcome = await executePlan(model, chunks, on(...IDS));
    expect(outcome.failure).toBeUndefined();
    expect(model.calls.map(({ what, ids }) => [what, ...ids])).toEqual([["deactivate", "c12"]]);
  });

  test("activates what resources declare", async () => {
    model.declarations.declare(IDS);
    expect((await carryOutWith([])).active).toEqual(IDS);
  });

  test("stops when the list shows that a part of the step has not succeeded", async () => {
    model.changeOutOfBand("activate", IDS.slice(0, 1));
    expect(await carryOutWith(["lost before"])).toMatchObject({
      active: IDS.slice(0, 1),
      failure: { chunk: STEPS[0], unsent: STEPS.slice(1) },
      calls: ["activate", "list"],
    });
  });

  test("stops when the list shows that the step has not succeeded, with the state of that list", async () => {
    expect(await carryOutWith([undefined, "lost before"])).toMatchObject({
      active: IDS.slice(0, 10),
      unverified: [],
      failure: { chunk: STEPS[1], error: { failure: { kind: "unavailable" } } },
      calls: ["activate", "activate", "list"],
    });
  });

  test("keeps the details of the list when a response leaves them out", async () => {
    const changeActivation = ({ ids }: { readonly ids: readonly string[] }) =>
      Promise.resolve(ids.map((id) => ({ id, name: null, active: true, certificateDetails: {} })));
    const { certificates } = await executePlan(
      Object.assign(model, { changeActivation }),
      STEPS,
      off(...IDS),
    );
    expect(certificates).toEqual(on(...IDS));
  });

  test("reports the ids as unverified when the list fails, too", async () => {
    expect(await carryOutWith([undefined, "lost after", "throttled"])).toMatchObject({
      active: IDS.slice(0, 10),
      unverified: IDS.slice(10),
      failure: { error: { failure: { kind: "unavailable", mayHaveActed: true } } },
      calls: ["activate", "activate", "list"],
    });
  });

  test("handles an error that is not the API's like a lost response", async () => {
    const changeActivation = () => Promise.reject(new TypeError("a slip"));
    const outcome = await executePlan(Object.assign(model, { changeActivation }), STEPS, off(...IDS));
    expect(outcome.failure?.error.message).toBe("a slip");
    expect(model.calls.map(({ what }) => what)).toEqual(["list"]);
  });
});

describe("something has changed", () => {
  test.each([
    ["when another set is active", off("a"), on("a"), [], true],
    ["when it is not known", off("a"), off("a"), ["a"], true],
    ["not when only something inactive was uploaded", on("a"), [...on("a"), ...off("b")], [], false],
  ])("%s", (_, before, certificates, unverified, expected) => {
    expect(hasChanged(before, { certificates, unverified: new Set(unverified) })).toBe(expected);
  });
});
