import { parseLockout } from "../../../provider/planSummary/clients";
import type { PrintedClient } from "../input/printedMessages";
import type { Report } from "../model/report";
import { cell, prose } from "./escape";
import { truncate } from "./truncate";

/** What the report says of clients that would be locked out, and the messages that say it. */
export interface ClientLockouts {
  /** One paragraph for each client, and one about what to do. */
  readonly paragraphs: readonly string[];
  readonly messages: ReadonlySet<string>;
}

/** Each client that an update would lock out, once, although a warning and an error may name it. */
export function clientLockouts({ errors, warnings }: Pick<Report, "errors" | "warnings">): ClientLockouts {
  const notices = [...errors, ...warnings].flatMap((message) => {
    const notice = parseLockout(message);
    return notice ? [{ message, ...notice }] : [];
  });
  const clients = new Set(notices.flatMap((notice) => notice.clients));
  const remedies = new Set(notices.flatMap(({ remedy }) => remedy ?? []));
  return {
    paragraphs: [
      ...[...clients].map((text) => `**A known client would be locked out.** ${prose(text)}`),
      ...[...remedies].map(prose),
    ],
    messages: new Set(notices.map(({ message }) => message)),
  };
}

/**
 * The clients as a table: whether each can connect before and after the update, and how long.
 * @param room characters that it may have at most.
 */
export function clientTable(clients: readonly PrintedClient[], room: number): readonly string[] {
  if (clients.length === 0) return [];
  const hasScopes = new Set(clients.map(({ scope }) => scope)).size > 1;
  const line = (cells: readonly string[], scope: string): string =>
    `| ${[...cells, ...(hasScopes ? [scope] : [])].join(" | ")} |`;
  const rows = clients
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ name, before, after, until, scope }) => {
      const shown = isLockedOut({ before, after }) ? `**${after}**` : after;
      return line([cell(name), before, shown, until ?? ""], cell(scope));
    });
  const head = [
    line(["Client", "Before", "After", "Until"], "Scope"),
    line(["---", "---", "---", "---"], "---"),
  ];
  const lines = truncate(rows, room - head.join("\n").length, (count) => `\n… and ${count} more clients.`);
  return [[...head, ...lines].join("\n")];
}

/** Who is locked out comes first, and who can connect last. */
function rank(client: Pick<PrintedClient, "before" | "after">): number {
  if (isLockedOut(client)) return 0;
  return ["rejected", "not determined", "trusted", "not enforced"].indexOf(client.after) + 1;
}

function isLockedOut({ before, after }: Pick<PrintedClient, "before" | "after">): boolean {
  return after === "rejected" && before !== "rejected";
}
