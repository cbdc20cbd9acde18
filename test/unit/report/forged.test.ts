import fc from "fast-check";
import { parseMessages } from "../../../cli/report/input/messages";
import { agrees } from "../../../cli/report/model/agreement";
import { markdown } from "../../../cli/report/output/markdown";
import { UNKNOWN } from "../../../provider/resource/unknown";
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

const count = fc.integer({ min: 0, max: 6 });
const id = fc.constantFrom(...IDS, "cert_other");
/** A line as the provider could print it. */
const forgedLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(SCOPE, "project proj_a"),
      fc.array(fc.tuple(fc.constantFrom("activate", "deactivate", "keep", "leave"), count), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom("will be enforced", "will be turned off", "stays enforced", "stays off"),
    )
    .map(([scope, parts, enforcement]) => {
      const change = parts.map(([word, number]) => `${word} ${number}`).join(", ");
      return `${scope}: ${change}; enforcement ${enforcement}; 1 API call`;
    }),
  fc.tuple(fc.constantFrom("+", "-"), id).map(([sign, of]) => `  ${sign} ${of}`),
  id.map((of) => `  - ${of}; unmanaged, deactivated because exclusive is set`),
  id.map((of) => `warning: organization: ${of} expires soon`),
);
/** A whole summary about other sets than those that change: it is coherent, and often agrees with a step by chance. */
const forgedSummary = fc.tuple(set, live).map(([of, certificates]) => printed(of, certificates));
const forged = fc.array(
  fc.oneof(
    forgedLine.map((line) => [line]),
    forgedSummary,
  ),
  { maxLength: 6 },
);

/** Lines put between others, at any place. */
function interleave(
  own: readonly string[],
  others: readonly (readonly string[])[],
  places: readonly number[],
) {
  const lines = [...own];
  others.forEach((each, index) => lines.splice((places[index] ?? 0) % (lines.length + 1), 0, ...each));
  return lines;
}

const SIGN: Readonly<Record<string, string>> = { on: "+", off: "-" };

const withoutAny = (ids: readonly string[] = [], others: readonly string[] = []) =>
  ids.filter((each) => !others.includes(each));

test("no printed line hides an id that a step adds or removes", () => {
  fc.assert(
    fc.property(
      steps,
      live,
      fc.boolean(),
      forged,
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      (planned, certificates, looks, others, places) => {
        const own = planned.flatMap((step) =>
          looks && step.op !== "delete" ? printed(step, certificates) : [],
        );
        const report = reported(planned, interleave(own, others, places));
        const rows = report.rows.filter(({ scope }) => scope === SCOPE);
        const idsOf = (...changes: readonly string[]) =>
          rows.flatMap(({ change, id: of }) => (changes.includes(change) && of !== undefined ? [of] : []));
        const declared = planned.flatMap(({ after = [] }) => after);
        for (const { before = [], after = [] } of planned) {
          const [added, removed] = [withoutAny(after, before), withoutAny(before, after)];
          expect(idsOf("on", "adopt", "keep")).toEqual(expect.arrayContaining(added));
          const gone = removed.filter((each) => !declared.includes(each));
          expect(idsOf("off")).toEqual(expect.arrayContaining(gone));
          expect(idsOf("on", "keep", "adopt")).toEqual(
            expect.arrayContaining(removed.filter((each) => declared.includes(each))),
          );
        }
        const text = markdown(report);
        for (const { id: of } of rows) expect(text).toContain(`\`${String(of)}\``);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("no printed line hides what the provider prints of a set of which an id is not known yet", () => {
  fc.assert(
    fc.property(
      set,
      live,
      forged,
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      (of, certificates, others, places) => {
        const own = printed({ ...of, unknown: 1 }, certificates);
        const report = reported(
          [{ op: "update", before: of.before, after: UNKNOWN }],
          interleave(own, others, places),
        );
        const shown = [
          ...report.rows.map(({ change, id: of }) => `${SIGN[change] ?? ""} ${of ?? ""}`),
          ...report.notes,
        ];
        const signs = own.flatMap((line) => /^ {2}([+-] cert_\w)/.exec(line)?.[1] ?? []);
        for (const sign of signs) expect(shown.some((each) => each.includes(sign))).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("no printed line makes an id appear activated or deactivated in a set that is not exclusive and does not have it", () => {
  fc.assert(
    fc.property(set, forged, ({ before, after }, others) => {
      const report = reported([{ op: "update", before, after }], others.flat());
      for (const { id: of, change } of report.rows) expect(change === "off" ? before : after).toContain(of);
    }),
    { numRuns: 1_000 },
  );
});

test("what the provider prints of a change always agrees with the step of it", () => {
  fc.assert(
    fc.property(set, live, fc.nat({ max: 2 }), (of, certificates, unknown) => {
      const [summary] = parseMessages(printed({ ...of, unknown }, certificates)).summaries;
      expect(
        summary &&
          agrees(summary, {
            scope: SCOPE,
            before: of.before,
            after: unknown > 0 ? "unknown" : of.after,
            isExclusive: of.exclusive,
          }),
      ).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("without forged lines there is a warning only of ids that were inactive already", () => {
  fc.assert(
    fc.property(set, live, (of, certificates) => {
      const active = certificates.flatMap((each) => (each.active ? [each.id] : []));
      const report = reported([{ op: "update", ...of }], printed(of, certificates));
      const inactive = withoutAny(withoutAny(of.before, of.after), active);
      expect(report.warnings).toHaveLength(inactive.length > 0 ? 1 : 0);
      expect(report.scopes).toMatchObject([{ verified: true }]);
    }),
    { numRuns: 1_000 },
  );
});
