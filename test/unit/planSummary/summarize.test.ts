import type { Desired } from "../../../provider/activation/plan";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../provider/api/scope";
import { summarize } from "../../../provider/planSummary/summarize";

const NOW = 1_800_000_000;
const inDays = (days: number) => NOW + days * 86_400;

const listed = (id: string, active: boolean, days = 400): ListedCertificate => ({
  id,
  name: `name of ${id}`,
  active,
  createdAt: 1_700_000_000,
  certificateDetails: { validAt: 1_700_000_000, expiresAt: inDays(days) },
});

function summaryOf(
  desired: readonly string[],
  managed: readonly string[],
  list: readonly ListedCertificate[],
  {
    exclusive = false,
    unknown = 0,
    hasClientCertificate = false,
    declared = [] as readonly string[],
    confirmed = undefined as readonly string[] | undefined,
    announced = [] as readonly string[],
  } = {},
) {
  const policies: Desired = { ids: new Set(desired), exclusive, enforcementChange: "warn" };
  return summarize({
    scope: ORGANIZATION,
    desired: policies,
    managed: new Set(managed),
    listed: list,
    declared: new Set(declared),
    announced: new Set(announced),
    unknown,
    unknownIds: unknown > 0 ? "uploads" : "none",
    confirmed: new Set(confirmed ?? declared),
    program: { declared: new Set(), isComplete: true },
    isEnforcedByOrganization: false,
    expiryWarningDays: 30,
    hasClientCertificate,
    now: NOW,
  });
}

const idsOf = (certificates: readonly ListedCertificate[]) => certificates.map(({ id }) => id);

describe("that mTLS stays enforced by what another resource declares", () => {
  const certainty = (confirmed: readonly string[]) =>
    summaryOf([], ["a"], [listed("a", true), listed("b", true)], { declared: ["b"], confirmed });

  test("is certain if a resource of this run declares it", () => {
    expect(certainty(["b"])).toMatchObject({ enforcement: "stays on", isEnforcementCertain: true });
  });

  test("is not certain if one declared it when the state was written", () => {
    expect(certainty([])).toMatchObject({ enforcement: "stays on", isEnforcementCertain: false });
  });
});

describe("a review", () => {
  test("lists the ids to activate and to deactivate, and counts the unchanged ones", () => {
    const found = summaryOf(
      ["a", "b"],
      ["b", "c"],
      [listed("a", false), listed("b", true), listed("c", true), listed("d", true), listed("e", false)],
    );
    expect(idsOf(found.activate)).toEqual(["a"]);
    expect(found.deactivate).toMatchObject([{ certificate: { id: "c" }, isUnmanaged: false }]);
    expect(found).toMatchObject({
      unchanged: 1,
      unmanaged: 1,
      enforcement: "stays on",
      calls: 3,
      warnings: [],
    });
  });

  test("distinguishes adopted ids from those that the resource manages already", () => {
    expect(summaryOf(["a", "b"], ["b"], [listed("a", true), listed("b", true)])).toMatchObject({
      adopted: [{ certificate: { id: "a" }, isMoved: false }],
      unchanged: 1,
      calls: 2,
    });
  });

  test("deactivates nothing that another resource of the program declares", () => {
    const list = [listed("a", true), listed("b", true), listed("c", true)];
    expect(summaryOf(["a"], ["a", "b"], list, { declared: ["a", "b"] }).deactivate).toEqual([]);
    const exclusive = summaryOf(["a"], ["a", "b"], list, { exclusive: true, declared: ["a", "c"] });
    expect(exclusive.deactivate).toMatchObject([{ certificate: { id: "b" } }]);
  });

  test("names what moves here from a resource whose preview came before", () => {
    const list = [listed("a", true), listed("b", true)];
    expect(summaryOf(["a", "b"], [], list, { announced: ["b", "z"] }).adopted).toMatchObject([
      { certificate: { id: "a" }, isMoved: false },
      { certificate: { id: "b" }, isMoved: true },
    ]);
  });

  test("lists each unmanaged id that an exclusive set deactivates", () => {
    const found = summaryOf(["a"], ["c"], [listed("a", true), listed("c", true), listed("d", true)], {
      exclusive: true,
    });
    expect(found.deactivate).toMatchObject([
      { certificate: { id: "c" }, isUnmanaged: false },
      { certificate: { id: "d" }, isUnmanaged: true },
    ]);
    expect(found).toMatchObject({ adopted: [{ certificate: { id: "a" } }], unchanged: 0, unmanaged: 0 });
  });

  test("counts a call for each ten", () => {
    const ids = Array.from({ length: 21 }, (_, index) => `c${index}`);
    const list = ids.map((id) => listed(id, false));
    expect(summaryOf(ids, [], list).calls).toBe(4);
  });

  test("counts a call more for finding a certificate that accepts the provider's own, if there is a change", () => {
    expect(summaryOf(["a"], [], [listed("a", false)], { hasClientCertificate: true }).calls).toBe(3);
    expect(summaryOf(["a"], [], [listed("a", true)], { hasClientCertificate: true }).calls).toBe(2);
  });

  test.each([
    ["turns on", ["a"], [], [listed("a", false)]],
    ["turns off", [], ["a"], [listed("a", true)]],
    ["stays on", ["a"], ["b"], [listed("a", false), listed("b", true)]],
    ["stays off", [], [], [listed("a", false)]],
  ] as const)("shows that enforcement %s", (enforcement, desired, managed, list) => {
    expect(summaryOf(desired, managed, list)).toMatchObject({ enforcement });
  });

  test("counts ids that are known only after their upload among what is active in the end", () => {
    const list = [listed("old", true)];
    expect(summaryOf([], ["old"], list, { unknown: 1 })).toMatchObject({
      unknown: 1,
      enforcement: "stays on",
      calls: 3,
      warnings: [],
    });
    expect(summaryOf([], [], [], { unknown: 11 })).toMatchObject({ enforcement: "turns on", calls: 3 });
  });

  test("warns of what in the set is not valid yet, expires soon, or has expired, and of no other", () => {
    const early = {
      ...listed("early", false),
      certificateDetails: { validAt: inDays(2), expiresAt: inDays(400) },
    };
    const list = [listed("soon", true, 12), listed("gone", true, -3), listed("foreign", true, 1), early];
    expect(summaryOf(["soon", "gone", "early"], [], list).warnings).toEqual([
      'early "name of early" is not valid before 2027-01-17 (in 2 days)',
      'gone "name of gone" expired 2027-01-12 (3 days ago)',
      'soon "name of soon" expires 2027-01-27 (in 12 days)',
    ]);
  });

  test("warns when the last long-lived certificate is deactivated, and only then", () => {
    const list = [listed("long", true), listed("short", true, 10), listed("spare", true)];
    expect(summaryOf(["short"], ["long", "short"], list).warnings).toHaveLength(1);
    expect(summaryOf(["short"], ["long", "short", "spare"], list).warnings).toContain(
      'deactivating long "name of long", spare "name of spare" leaves only certificates that expire within 30 days: ' +
        'short "name of short"',
    );
  });
});
