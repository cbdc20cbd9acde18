import { rejectionsNotAverted } from "../../../provider/run/expectedRejections";
import type { ProcessFacts, ScopeFacts } from "../../../provider/run/facts";

const REJECTION = { reason: "this would lock out known clients.", deactivated: ["cert_old"] };

const processWith = (scopes: readonly Partial<ScopeFacts>[]): ProcessFacts => ({
  checks: { running: 0, lastAt: 0 },
  scopes: scopes.map((facts) => ({
    ...{ scope: ["organization"], declared: [], managed: [], announcedSurplus: [], unknown: "none" },
    ...{ clients: [], expectedRejections: [], changes: [] },
    ...facts,
  })),
});
const rejecting = processWith([{ declared: ["cert_new"], expectedRejections: [REJECTION] }]);

test("the rejection that a preview expects stands while no resource declares an id that the update deactivates", () => {
  expect(rejectionsNotAverted([rejecting])).toEqual([REJECTION]);
  expect(rejectionsNotAverted([])).toEqual([]);
});

test.each<readonly [string, Partial<ScopeFacts>]>([
  ["declares such an id", { declared: ["cert_old"] }],
  ["declares ids that are not known yet", { unknown: "any" }],
  ["declares ids of uploads", { unknown: "uploads" }],
  ["knows the organization by another key, too", { scope: ["other key", "organization"], declared: ["cert_old"] }],
])("a resource of another process averts it that %s", (_, facts) => {
  expect(rejectionsNotAverted([rejecting, processWith([facts])])).toEqual([]);
});

test("what is declared in another scope does not avert it", () => {
  const other = processWith([{ scope: ["project"], declared: ["cert_old"], unknown: "any" }]);
  expect(rejectionsNotAverted([other, rejecting])).toEqual([REJECTION]);
});
