import fc from "fast-check";
import { ORGANIZATION } from "../../../provider/api/scope";
import { printable } from "../../../provider/api/printable";
import { readCertificate, readHeadline, readWarning } from "../../../provider/review/readText";
import { type Review } from "../../../provider/review/review";
import { reviewText } from "../../../provider/review/text";
import { day, moment } from "../../../provider/review/words";
import { hostile } from "./hostile";

const NOW = 1_800_000_000;

const base: Review = {
  scope: ORGANIZATION,
  activate: [],
  deactivate: [],
  adopt: 0,
  moved: [],
  keep: 0,
  leave: 0,
  unknown: 0,
  enforcement: "stays on",
  calls: 1,
  warnings: [],
};

test("the first line is read as it was written", () => {
  const text = reviewText({ ...base, unknown: 1, leave: 11, enforcement: "turns on", calls: 4 }, NOW);
  expect(readHeadline(text)).toEqual({
    scope: "the organization",
    change: "1 id known after the upload, leave 11",
    enforcement: "turns ON",
    calls: "at least 4 API calls",
  });
});

test("whatever its name, a certificate is read as it was written", () => {
  const name = fc.option(hostile);
  const time = fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined });
  fc.assert(
    fc.property(
      name,
      time,
      time,
      fc.boolean(),
      fc.boolean(),
      (given, validAt, expiresAt, isOn, collateral) => {
        const certificate = {
          id: "cert_a",
          name: given,
          active: !isOn,
          createdAt: 0,
          certificateDetails: {
            ...(validAt !== undefined && { validAt }),
            ...(expiresAt !== undefined && { expiresAt }),
          },
        };
        const written = isOn
          ? { ...base, activate: [certificate] }
          : { ...base, deactivate: [{ certificate, collateral }] };
        const [, line = "", ...others] = reviewText(written, NOW).split("\n");
        expect(others).toEqual([]);
        const read = readCertificate(line);
        expect(read).toMatchObject({
          sign: isOn ? "+" : "-",
          id: "cert_a",
          name: given === null ? null : printable(given),
          collateral: !isOn && collateral,
        });
        expect(read?.validFrom).toBe(validAt === undefined ? undefined : day(validAt));
        const end = read?.expires === undefined ? undefined : `${read.expires} (${String(read.distance)})`;
        expect(end).toBe(expiresAt === undefined ? undefined : moment(expiresAt, NOW));
      },
    ),
  );
});

test("a warning is read as it was written", () => {
  const [, line = ""] = reviewText({ ...base, warnings: ["cert_a expires soon"] }, NOW).split("\n");
  expect(readWarning(line)).toBe("cert_a expires soon");
});

test.each(["", "anything else", "+ cert_a", "Previewing update"])("other lines are not read: %j", (line) => {
  expect([readHeadline(line), readCertificate(line), readWarning(line)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
