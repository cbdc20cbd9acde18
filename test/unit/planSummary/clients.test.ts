import fc from "fast-check";
import { ORGANIZATION } from "../../../provider/api/scope";
import { STANDINGS } from "../../../provider/clients/changeAssessment";
import type { ClientSummary } from "../../../provider/clients/changeAssessment";
import { lockoutError } from "../../../provider/clients/review";
import {
  parseClientLine,
  parseClientsHeadline,
  parseLockout,
  renderClients,
} from "../../../provider/planSummary/clients";

const NOW = 1_800_000_000;
const DAY = 86_400;

const PROJECT = { kind: "project", projectId: "proj_a" } as const;
const name = fc
  .string({ minLength: 1, maxLength: 64, unit: "grapheme" })
  .filter((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(text));
const client: fc.Arbitrary<ClientSummary> = fc.record(
  {
    name,
    before: fc.constantFrom(...STANDINGS),
    after: fc.constantFrom(...STANDINGS),
    until: fc.integer({ min: NOW - 1_000 * DAY, max: NOW + 10_000 * DAY }),
  },
  { requiredKeys: ["name", "before", "after"] },
);

test("the lines of clients are parsed as they were rendered, whatever the names are", () => {
  fc.assert(
    fc.property(
      fc.array(client, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(ORGANIZATION, PROJECT),
      (clients, scope) => {
        const [headline = "", ...lines] = renderClients(scope, clients, NOW).split("\n");
        expect(parseClientsHeadline(headline)).toBe(
          scope.kind === "organization" ? "organization" : "project proj_a",
        );
        expect(lines.map((line) => parseClientLine(line))).toEqual(
          clients.map(({ until, ...others }) => ({
            ...others,
            ...(until !== undefined && { until: new Date(until * 1000).toISOString().slice(0, 10) }),
          })),
        );
      },
    ),
  );
});

test.each([
  'client "a": trusted before, rejected after',
  '  client "a": trusted before, lost after',
  '  client "a": trusted before, rejected after, until tomorrow',
  '  client "a": trusted before, rejected after\n',
  "organization: 2 known clients and more",
])("%j is no line of clients", (line) => {
  expect(parseClientLine(line)).toBeUndefined();
  expect(parseClientsHeadline(line)).toBeUndefined();
});

test("an error names each client that would be locked out, and what to do", () => {
  const error = lockoutError(["batch would be rejected: one.", "billing would be rejected: two."]);
  expect(parseLockout(`mtls: ${error}`)).toEqual({
    clients: ["batch would be rejected: one.", "billing would be rejected: two."],
    remedy: expect.stringMatching(/^To continue anyway, set clientLockout to "warn"/) as string,
  });
});

test("a warning names one client", () => {
  expect(parseLockout("acme: organization: batch would be rejected: issued by other.")).toEqual({
    clients: ["batch would be rejected: issued by other."],
  });
  expect(
    parseLockout("organization: whether batch would be rejected was not determined: it depends."),
  ).toBeUndefined();
});
