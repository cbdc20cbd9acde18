import { MAX_IDS_PER_CALL } from "../../../provider/api/limits";
import type { Change, Report, Row } from "../model/report";
import { cell, prose } from "./escape";

/** What has to be done to have what was active before the update, with and without Pulumi. */
export function undo({ rows, failed }: Report, room: number): readonly string[] {
  const parts = [...Map.groupBy(rows, ({ scope }) => scope)].flatMap(([scope, all]) => commands(scope, all));
  const notes = NOTES.flatMap(([changes, text]) => {
    const named = rows.filter(
      ({ change, id }) => changes.includes(change) && (change !== "activate" || id === undefined),
    );
    return named.length === 0 ? [] : [`- ${[...new Set(named.map(nameOf))].join(", ")}: ${text}`];
  });
  if (failed || parts.length + notes.length === 0) return [];
  const text = [
    "<details><summary>To undo this update</summary>",
    "Revert the change of the program, and run `pulumi up`.",
    ...(notes.length > 0 ? [notes.join("\n")] : []),
    ...(parts.length > 0 ? [WITHOUT_PULUMI, ...parts] : []),
    "</details>",
  ];
  return text.join("\n\n").length <= room
    ? text
    : [
        ...text.slice(0, 2),
        "The ids are in the table above: there are too many to list the calls.",
        "</details>",
      ];
}

const WITHOUT_PULUMI =
  "Without Pulumi, use the dashboard, to which mTLS does not apply, or these calls. While mTLS is enforced, they need " +
  "`--cert` and `--key`, and the host mtls\\.api\\.openai\\.com.";

const NOTES: readonly (readonly [readonly Change[], string])[] = [
  [
    ["delete", "replace"],
    "a deleted upload cannot come back under its id. Uploading it again gives it a new id, which each program has to use.",
  ],
  [["upload", "activate"], "the id is known only after the update; its outputs contain it."],
  [
    ["adopt"],
    "active already before this update, so reverting the program would deactivate more than this update activates.",
  ],
];

function nameOf({ name, id, replacedId }: Row): string {
  const known = replacedId ?? id;
  return (
    [
      ...(name === null ? [] : [`<b>${cell(name)}</b>`]),
      ...(known === undefined ? [] : [`<code>${cell(known)}</code>`]),
    ].join(" ") || "an upload"
  );
}

/** First what activates again, then what deactivates, so that there is no gap. */
function commands(scope: string, rows: readonly Row[]): readonly string[] {
  const idsOf = (change: Change): readonly string[] =>
    // An id of another form could be more than an argument for the shell.
    rows.flatMap((row) =>
      row.change === change && row.id !== undefined && /^[\w-]+$/.test(row.id) ? [row.id] : [],
    );
  const projectId = /project ([\w-]+)$/.exec(scope)?.[1];
  if (projectId === undefined && !scope.endsWith("organization")) return [];
  const path = `organization/${projectId === undefined ? "" : `projects/${projectId}/`}certificates`;
  const calls = [
    ...curlCalls(path, "activate", idsOf("deactivate")),
    ...curlCalls(path, "deactivate", idsOf("activate")),
  ];
  return calls.length === 0 ? [] : [`${prose(scope)}:`, ["```sh", ...calls, "```"].join("\n")];
}

function curlCalls(path: string, action: string, ids: readonly string[]): readonly string[] {
  const count = Math.ceil(ids.length / MAX_IDS_PER_CALL);
  return Array.from({ length: count }, (_, index) => {
    const chunk = ids.slice(index * MAX_IDS_PER_CALL, (index + 1) * MAX_IDS_PER_CALL);
    return (
      `curl --fail-with-body "\${OPENAI_BASE_URL:-https://api.openai.com/v1}/${path}/${action}" \\\n` +
      `  --header "Authorization: Bearer $OPENAI_ADMIN_KEY" --json '${JSON.stringify({ certificate_ids: chunk })}'`
    );
  });
}
