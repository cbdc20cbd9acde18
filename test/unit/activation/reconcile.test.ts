import { carryOut, hasChanged } from "../../../provider/activation/reconcile";
import { CertificateModel } from "../../model/certificateModel";
import { type Fault } from "../../model/fault";
import { manyIds, NOW, off, on, step } from "./given";

const IDS = manyIds(12);
const STEPS = [step("activate", IDS.slice(0, 10), 1, 2), step("activate", IDS.slice(10), 2, 2)];

let model: CertificateModel;

beforeEach(() => {
  model = new CertificateModel(NOW);
  for (const id of IDS) model.upload(id);
});

async function carryOutWith(faults: readonly (Fault | undefined)[]) {
  model.failing(faults);
  const { certificates, unverified, failure } = await carryOut(model, STEPS, off(...IDS));
  const active = certificates.filter((certificate) => certificate.active).map(({ id }) => id);
  return { active, unverified: [...unverified], failure, calls: model.calls.map(({ what }) => what) };
}

describe("carrying out", () => {
  test("sends the steps in their order, and knows from the answers what is active", async () => {
    const outcome = await carryOutWith([]);
    expect(outcome).toMatchObject({ active: IDS, unverified: [], calls: ["activate", "activate"] });
    expect(outcome.failure).toBeUndefined();
  });

  test.each(["throttled", "forbidden"] as const)(
    "stops when a call is %s, and need not ask again",
    async (fault) => {
      expect(await carryOutWith([undefined, fault])).toMatchObject({
        active: IDS.slice(0, 10),
        unverified: [],
        failure: { step: STEPS[1], error: { name: "ApiError" } },
        calls: ["activate", "activate"],
      });
    },
  );

  test.each([
    ["lost before", []],
    ["lost after", IDS.slice(0, 10)],
    ["wrong answer", IDS.slice(0, 10)],
  ] as const)("asks what is active when an answer is lost or wrong: %s", async (fault, active) => {
    expect(await carryOutWith([fault])).toMatchObject({
      active,
      unverified: [],
      failure: { step: STEPS[0] },
      calls: ["activate", "list"],
    });
  });

  test("says of which ids nothing is known when that cannot be asked, either", async () => {
    expect(await carryOutWith([undefined, "lost after", "throttled"])).toMatchObject({
      active: IDS.slice(0, 10),
      unverified: IDS.slice(10),
      failure: { error: { failure: { kind: "unavailable", mayHaveActed: true } } },
      calls: ["activate", "activate", "list"],
    });
  });

  test("takes what is no error of the API for a lost answer", async () => {
    const toggle = () => Promise.reject(new TypeError("a slip"));
    const outcome = await carryOut(Object.assign(model, { toggle }), STEPS, off(...IDS));
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
