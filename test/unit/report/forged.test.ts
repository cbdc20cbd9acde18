import fc from "fast-check";
import { markdown } from "../../../cli/report/output/markdown";
import { UNKNOWN } from "../../../provider/resource/resource";
import { listed, printed } from "./printed";
import { reported } from "./steps";
import type { StepOf } from "./steps";

type Step = StepOf<readonly string[]>;

const IDS = ["cert_a", "cert_b", "cert_c", "cert_d", "cert_e", "cert_f"];
const SCOPE = "organization";

const someIds = fc.subarray(IDS);
const live = someIds.map((active) =>
  listed(
    active,
    IDS.filter((id) => !active.includes(id)),
  ),
);
const set = fc.record({ before: someIds, after: someIds, exclusive: fc.boolean() });

/** Steps of resources with names of their own. */
const steps = fc
  .array(
    fc.oneof(
      set.map((each): Step => ({ op: "update", ...each })),
      set.map(({ before, ...each }): Step => ({ op: "create", ...each })),
      set.map(({ before }): Step => ({ op: "delete", before })),
      set.map((each): Step => ({ op: "replace", ...each })),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((step, index): Step => ({ ...step, name: `r${index}` })));

const id = fc.constantFrom(...IDS, "cert_other");
/** A line as the provider could print it. */
const forgedLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(SCOPE, "project proj_a"),
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 6 }),
          fc.constantFrom("to activate", "already active", "to deactivate", "unchanged", "unmanaged"),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      fc.constantFrom("will be enforced", "will be turned off", "stays enforced", "stays off"),
    )
    .map(([scope, parts, enforcement]) => {
      const change = parts.map((part) => part.join(" ")).join(", ");
      return `${scope}: ${change}; mTLS ${enforcement}; 1 API call`;
    }),
  fc.tuple(fc.constantFrom("+", "-", "="), id).map(([sign, of]) => `  ${sign} ${of}`),
  id.map((of) => `  - ${of}; unmanaged, deactivated because exclusive is set`),
  id.map((of) => `warning: organization: ${of} expires soon`),
);
/** A whole summary about other sets than those that change. */
const forgedSummary = fc.tuple(set, live).map(([of, certificates]) => printed(of, certificates));
const forged = fc.array(
  fc.oneof(
    forgedLine.map((line) => [line]),
    forgedSummary,
  ),
  { maxLength: 6 },
);
const places = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });

/** Lines put between others, at any place. */
function interleave(
  own: readonly string[],
  others: readonly (readonly string[])[],
  at: readonly number[],
): readonly string[] {
  const lines = [...own];
  others.forEach((each, index) => lines.splice((at[index] ?? 0) % (lines.length + 1), 0, ...each));
  return lines;
}

const without = (ids: readonly string[] = [], others: readonly string[] = []) =>
  ids.filter((each) => !others.includes(each));

test("no printed line hides an id that a step adds or removes", () => {
  fc.assert(
    fc.property(steps, live, fc.boolean(), forged, places, (planned, certificates, lists, others, at) => {
      const own = planned.flatMap((step) =>
        lists && step.op !== "delete" ? printed(step, certificates) : [],
      );
      const report = reported(planned, interleave(own, others, at));
      const rows = report.rows.filter(({ scope }) => scope === SCOPE);
      const idsOf = (...changes: readonly string[]) =>
        rows.flatMap(({ change, id: of }) => (changes.includes(change) && of !== undefined ? [of] : []));
      const declared = planned.flatMap(({ after = [] }) => after);
      for (const { before = [], after = [] } of planned) {
        const [added, removed] = [without(after, before), without(before, after)];
        expect(idsOf("activate", "adopt", "keep")).toEqual(expect.arrayContaining(added));
        const gone = without(removed, declared);
        expect(idsOf("deactivate")).toEqual(expect.arrayContaining(gone));
        expect(idsOf("activate", "keep", "adopt")).toEqual(expect.arrayContaining(without(removed, gone)));
      }
      const text = markdown(report);
      for (const { id: of } of rows) expect(text).toContain(`<code>${String(of).replace("_", "\\_")}</code>`);
    }),
    { numRuns: 2_000 },
  );
});

test("no printed line hides what the provider prints of a set of which an id is not known yet", () => {
  fc.assert(
    fc.property(set, live, forged, places, (of, certificates, others, at) => {
      const own = printed({ ...of, unknown: 1 }, certificates);
      // The engine passes on what the provider logs of a resource as one message.
      const { rows } = reported(
        [{ op: "update", before: of.before, after: UNKNOWN, exclusive: of.exclusive }],
        interleave([own.join("\n")], others, at),
      );
      const shown = rows.map(({ change, id: of }) => `${change} ${of ?? "?"}`);
      for (const line of own) {
        const [, sign, of] = /^ {2}([+-]) (\w+)/.exec(line) ?? [];
        if (sign !== undefined) expect(shown).toContain(`${sign === "+" ? "activate" : "deactivate"} ${of}`);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("no printed line makes an id appear activated or deactivated in a set that is not exclusive and does not have it", () => {
  fc.assert(
    fc.property(set, forged, ({ before, after }, others) => {
      const report = reported([{ op: "update", before, after }], others.flat());
      for (const { id: of, change } of report.rows)
        expect(change === "deactivate" ? before : after).toContain(of);
    }),
    { numRuns: 1_000 },
  );
});

test("no line that the program prints in addition makes a known end of mTLS appear as no change", () => {
  fc.assert(
    fc.property(someIds, forged, places, (before, others, at) => {
      fc.pre(before.length > 0);
      const own = printed({ before, after: [] }, listed(before));
      const report = reported(
        [{ op: "update", before, after: [] }],
        interleave([own.join("\n")], others, at),
      );
      const [scope] = report.scopes;
      expect(scope?.enforcement).toMatch(/^(?:will be turned off|may be turned off|not known)$/);
    }),
    { numRuns: 1_000 },
  );
});

test("without forged lines, the effect on mTLS is what the provider prints", () => {
  fc.assert(
    fc.property(
      set,
      live,
      fc.constantFrom<"update" | "create">("update", "create"),
      (of, certificates, op) => {
        const active = certificates.flatMap((each) => (each.active ? [each.id] : []));
        const before = op === "create" ? [] : of.before;
        const own = printed({ ...of, before }, certificates);
        const report = reported(
          [op === "create" ? { op, after: of.after, exclusive: of.exclusive } : { op, ...of }],
          own,
        );
        const inactive = without(without(before, of.after), active);
        expect(report.warnings).toHaveLength(inactive.length > 0 ? 1 : 0);
        const [scope] = report.scopes;
        expect(scope).toMatchObject({ source: "api" });
        if (scope?.enforcement !== "may be turned off")
          expect(own[0]).toMatch(new RegExp(`; mTLS ${String(scope?.enforcement)}(?: unless .*)?;`));
        else expect(inactive).not.toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});
