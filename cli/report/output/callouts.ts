import { enforcementMeaning } from "../../../provider/activation/guards/enforcement";
import { ORGANIZATION } from "../../../provider/api/scope";
import type { Scope } from "../../../provider/api/scope";
import { parseNotice } from "../../../provider/planSummary/parse";
import type { Notice } from "../../../provider/planSummary/parse";
import { pluralize } from "../../../provider/shared/format";
import type { Report, ScopeSummary } from "../model/report";
import { clientLockouts } from "./clients";
import { prose } from "./escape";
import { changesEnforcement, inSentence } from "./title";
import { truncate } from "./truncate";

/** What is dangerous, each once, and the messages that this leaves over. */
export interface Callouts {
  readonly callouts: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/** @param room characters that the callouts may have at most. */
export function calloutsOf(report: Report, room: number): Callouts {
  const { scopes, warnings, errors } = report;
  const notices = new Map([...errors, ...warnings].map((text) => [text, parseNotice(text)]));
  const clients = clientLockouts(report);
  const changing = scopes.filter(changesEnforcement);
  const isShown = (notice: Notice | undefined): notice is Notice =>
    notice !== undefined &&
    (notice.scope === undefined || changing.some(({ scope }) => scope === notice.scope));
  const shown = [...notices.values()].filter(isShown);
  const of = (kind: Notice["kind"], scope?: string): readonly string[] =>
    shown.filter((each) => each.kind === kind && each.scope === scope).map(({ text }) => prose(text));

  const paragraphs = [
    ...changing.map((each) => [
      "CAUTION",
      enforcementText(each, of("enforcement", each.scope), of("access", each.scope)),
    ]),
    ...of("lockout").map((text) => ["CAUTION", `**The provider would lock itself out of the API.** ${text}`]),
    ...clients.paragraphs.map((text) => ["CAUTION", text]),
    ...scopes.flatMap((each) =>
      [...unmanagedText(each, report), ...mostText(each, report)].map((text) => ["WARNING", text]),
    ),
    ...unverifiedText(scopes, of("unverified")).map((text) => ["WARNING", text]),
    ...scopes
      .filter(({ enforcement, source }) => enforcement === "not known" && source !== "unverified")
      .map(({ scope, source }) => [
        "WARNING",
        `**Not known: the effect on mTLS for ${prose(inSentence(scope))}.**` +
          (source === "unknown" ? " The ids are known only during the update." : ""),
      ]),
  ] as const;
  const callouts = [...Map.groupBy(paragraphs, ([kind]) => kind)].map(([kind, all]) => {
    const lines = truncate(
      all.map(([, text]) => `> ${text}`),
      room / 2,
      (count) => `> … and ${count} more.`,
    );
    return [`> [!${kind}]`, lines.join("\n>\n")].join("\n");
  });
  const isLeft = (text: string): boolean => !isShown(notices.get(text)) && !clients.messages.has(text);
  return { callouts, warnings: warnings.filter(isLeft), errors: errors.filter(isLeft) };
}

function enforcementText(
  { scope, enforcement, source }: ScopeSummary,
  printed: readonly string[],
  access: readonly string[],
): string {
  const [meaning] = printed.length > 0 ? printed : ownMeaning(enforcement, scope);
  return [
    `**mTLS ${enforcement} for ${prose(inSentence(scope))}.**`,
    ...(meaning === undefined ? [] : [meaning]),
    ...access,
    ...(source === "state"
      ? [
          "The state has no other active certificate there, but in a preview Pulumi does not call the provider about deletions, and shows unchanged resources only with `--show-sames`.",
        ]
      : []),
  ].join(" ");
}

/** What it means, for a change of which the provider printed nothing. */
function ownMeaning(enforcement: string, scope: string): readonly string[] {
  const projectId = /project (\S+)$/.exec(scope)?.[1];
  const change = enforcement.endsWith("enforced") ? "turns on" : "turns off";
  const place: Scope = projectId === undefined ? ORGANIZATION : { kind: "project", projectId };
  const text = parseNotice(enforcementMeaning(change, place) ?? "")?.text;
  return text === undefined ? [] : [prose(text)];
}

function unmanagedText({ scope }: ScopeSummary, { rows }: Report): readonly string[] {
  const count = rows.filter((row) => row.scope === scope && row.unmanaged).length;
  if (count === 0) return [];
  return [
    `**\`exclusive\` deactivates ${pluralize(count, "certificate")} of ${prose(inSentence(scope))} that this program never ` +
      "managed.** Find out who uses them before you approve.",
  ];
}

/** When most of the active certificates are deactivated, and enforcement does not end. */
function mostText(summary: ScopeSummary, { rows }: Report): readonly string[] {
  const { scope, active = 0 } = summary;
  const count = rows.filter((row) => row.scope === scope && row.change === "deactivate").length;
  if (count * 2 <= active || active === 0 || changesEnforcement(summary)) return [];
  return [
    `**${count} of ${active} active certificates of ${prose(inSentence(scope))} ${count === 1 ? "is" : "are"} deactivated.** ` +
      "Clients that still use them will be rejected.",
  ];
}

function unverifiedText(scopes: readonly ScopeSummary[], reasons: readonly string[]): readonly string[] {
  const affected = scopes.filter(({ source }) => source === "unverified");
  const unverified = affected.map(({ scope }) => inSentence(scope));
  const isOpen = affected.some(({ enforcement }) => enforcement === "not known");
  if (unverified.length === 0 && reasons.length === 0) return [];
  const named =
    unverified.length > 3 ? pluralize(unverified.length, "scope") : unverified.map(prose).join(", ");
  return [
    [
      `**Not verified${named === "" ? "" : `: ${named}`}.**`,
      ...(named === "" ? [] : ["Names and dates are from the stack's state."]),
      ...(isOpen ? ["The effect on mTLS is not known."] : []),
      ...reasons,
    ].join(" "),
  ];
}
