import { scopeName, type Scope } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";
import { activeAfterEach, activeIds, type EnforcementPolicy, type Step } from "./plan";

/** Whether requests in a scope must present a client certificate, and what an apply makes of that. */
export type EnforcementChange = "turns on" | "turns off" | "stays on" | "stays off";

/** What the steps make of enforcement, which is on while any certificate is active. */
export function enforcementChange(
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
): EnforcementChange {
  const before = activeIds(listed);
  const after = activeAfterEach(steps, before).at(-1) ?? before;
  if (before.size > 0) return after.size > 0 ? "stays on" : "turns off";
  return after.size > 0 ? "turns on" : "stays off";
}

/** What a change of enforcement means to those it concerns; undefined when there is none. */
export function enforcementMeaning(change: EnforcementChange, scope: Scope): string | undefined {
  const where = scopeName(scope);
  switch (change) {
    case "turns on":
      return (
        `mutual TLS turns ON for ${where}: every API request there that presents no client certificate which an ` +
        "active certificate accepts is refused, whatever its key. Clients must call mtls.api.openai.com " +
        "(mtls-us., mtls-eu.) and present theirs. The dashboard is not subject to it, and is the way back."
      );
    case "turns off":
      return (
        `mutual TLS turns OFF for ${where}: no client certificate is asked for any more, an API key alone is ` +
        "enough. X.509 workload identity, which uses the same certificates, stops too."
      );
    case "stays on":
    case "stays off":
      return undefined;
  }
}

/**
 * What is to be said aloud of a change before it is made.
 * @param hasIdentity whether the provider presents a client certificate of its own.
 */
export function announcements(
  change: EnforcementChange,
  scope: Scope,
  hasIdentity: boolean,
): readonly string[] {
  const meaning = enforcementMeaning(change, scope);
  if (meaning === undefined) return [];
  if (hasIdentity || change !== "turns on") return [meaning];
  return [
    meaning,
    `no client certificate is configured for this provider, so the API may refuse its own next calls in ` +
      `${scopeName(scope)}; set openai:clientCertificate and openai:clientKey to keep managing it from here.`,
  ];
}

/** Why a policy refuses a change; undefined when it does not. */
export function refusedByPolicy(
  change: EnforcementChange,
  policy: EnforcementPolicy,
  scope: Scope,
): string | undefined {
  const meaning = enforcementMeaning(change, scope);
  if (policy === "warn" || meaning === undefined) return undefined;
  return `refused by enforcementChange: "refuse", and nothing was changed: ${meaning} Set it to "warn" to allow this.`;
}
