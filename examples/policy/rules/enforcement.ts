import type { Activation } from "../activation";

/** The label of pull requests that may change enforcement. */
export const LABEL = "mtls-enforcement-change";

/**
 * Enforcement of mutual TLS changes only with the label.
 *
 * A policy receives the desired inputs, not the actual state, so it cannot detect a change of enforcement. The provider
 * can: with `enforcementChange: "refuse"` it fails the preview, the update or the destroy. So this rule requires
 * "refuse", and the label allows "warn".
 */
export function enforcementNeedsLabel(
  { enforcementChange }: Pick<Activation, "enforcementChange">,
  labels: readonly string[],
): readonly string[] {
  if (enforcementChange === "refuse" || labels.includes(LABEL)) return [];
  return [
    `enforcementChange is "${enforcementChange}", so an update may start or end enforcement of mutual TLS. ` +
      `Set it to "refuse", or add the label ${LABEL} to the pull request.`,
  ];
}

/** Parses the labels of the pull request, which the workflow passes as a JSON array. */
export function labelsIn(text: string | undefined): readonly string[] {
  if (text === undefined || text.trim() === "") return [];
  const labels: unknown = JSON.parse(text);
  if (Array.isArray(labels) && labels.every((label) => typeof label === "string")) return labels;
  throw new Error("PULL_REQUEST_LABELS must be a JSON array of strings");
}
