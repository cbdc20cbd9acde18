import { type Activation } from "../activation";

/** The label that allows what turns mutual TLS on or off. */
export const LABEL = "mtls-enforcement-change";

/**
 * Nothing turns mutual TLS on or off without the label.
 *
 * A policy sees what is desired, not what is there, so it cannot tell whether enforcement would change. The provider
 * can: with `enforcementChange: "refuse"` it fails the preview, the apply and the destroy that would. So this rule asks
 * for "refuse", and the label allows "warn".
 */
export function enforcementNeedsLabel(
  { enforcementChange }: Pick<Activation, "enforcementChange">,
  labels: readonly string[],
): readonly string[] {
  if (enforcementChange === "refuse" || labels.includes(LABEL)) return [];
  return [
    `enforcementChange is "${enforcementChange}", so an apply may turn mutual TLS on or off: set it to "refuse", ` +
      `or give the pull request the label ${LABEL}`,
  ];
}

/** The labels of the pull request as the workflow hands them over: a JSON list. */
export function labelsIn(text: string | undefined): readonly string[] {
  if (text === undefined || text.trim() === "") return [];
  const labels: unknown = JSON.parse(text);
  if (Array.isArray(labels) && labels.every((label) => typeof label === "string")) return labels;
  throw new Error("PULL_REQUEST_LABELS must be a JSON list of names");
}
