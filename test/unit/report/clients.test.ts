import { readMessages } from "../../../cli/report/input/printedMessages";
import { clientLockouts, clientTable } from "../../../cli/report/output/clients";
import { ORGANIZATION } from "../../../provider/api/scope";
import type { ClientSummary } from "../../../provider/clients/changeAssessment";
import { lockoutError } from "../../../provider/clients/review";
import { renderClients } from "../../../provider/planSummary/clients";

const NOW = 1_800_000_000;
const ROOM = 4_000;

const CLIENTS: readonly ClientSummary[] = [
  { name: "a|pipe", before: "trusted", after: "trusted", until: NOW },
  { name: "batch", before: "trusted", after: "rejected" },
  { name: "later", before: "not determined", after: "not determined" },
];

const printed = (...messages: readonly string[]) =>
  readMessages(messages.map((message) => ({ message, severity: "info" })));

describe("the table of clients", () => {
  test("has a row for each one, and who is locked out comes first", () => {
    const { clients } = printed(renderClients(ORGANIZATION, CLIENTS, NOW));
    expect(clientTable(clients, ROOM)).toEqual([
      [
        "| Client | Before | After | Until |",
        "| --- | --- | --- | --- |",
        "| batch | trusted | **rejected** |  |",
        "| later | not determined | not determined |  |",
        String.raw`| a\|pipe | trusted | trusted | 2027-01-15 |`,
      ].join("\n"),
    ]);
  });

  test("names the scope of each where there are several", () => {
    const { clients } = printed(
      renderClients(ORGANIZATION, CLIENTS, NOW),
      renderClients({ kind: "project", projectId: "proj_a" }, CLIENTS.slice(1, 2), NOW),
    );
    expect(clientTable(clients, ROOM).join()).toContain(
      "| batch | trusted | **rejected** |  | project proj\\_a |",
    );
  });

  test("does not repeat what several operations print, and is absent without clients", () => {
    const text = renderClients(ORGANIZATION, CLIENTS, NOW);
    expect(printed(text, text).clients).toHaveLength(CLIENTS.length);
    expect(clientTable(printed("organization: nothing").clients, ROOM)).toEqual([]);
  });

  test("fits into its room", () => {
    const many = Array.from(
      { length: 200 },
      (_, index) => ({ ...CLIENTS[1], name: `client ${index}` }) as ClientSummary,
    );
    const [table = ""] = clientTable(printed(renderClients(ORGANIZATION, many, NOW)).clients, 1_000);
    expect(table.length).toBeLessThanOrEqual(1_000);
    expect(table).toMatch(/… and \d+ more clients\.$/);
  });
});

test("each client that is locked out is called out once, whether a warning, an error or both name it", () => {
  const sentence =
    'batch would be rejected: issued by "old" (cert_a), which this update deactivates. Keep it.';
  const error = `mtls: ${lockoutError([sentence])}`;
  const { paragraphs, messages } = clientLockouts({
    errors: [error],
    warnings: [`organization: ${sentence}`, "organization: cert_a expires soon"],
  });
  expect(paragraphs).toHaveLength(2);
  expect(paragraphs[0]).toMatch(
    /^\*\*A known client would be locked out\.\*\* batch would be rejected: issued by/,
  );
  expect(paragraphs[1]).toMatch(/^To continue anyway/);
  expect([...messages]).toEqual([error, `organization: ${sentence}`]);
});
