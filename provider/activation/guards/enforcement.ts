import { scopeName, type Scope } from "../../api/scope";
import type { ListedCertificate } from "../../api/schemas";
import { activeAfterEach, activeIds, type EnforcementPolicy, type Chunk } from "../plan";

/** Whether requests in a scope must present a client certificate, and what an apply makes of that. */
export type EnforcementChange = "turns on" | "turns off" | "stays on" | "stays off";

/** What the steps make of enforcement, which is on while any certificate is active. */
export function enforcementChange(
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): EnforcementChange {
  const before = activeIds(listed);
  const after = activeAfterEach(chunks, before).at(-1) ?? before;
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

/** Whether the provider presents a client certificate of its own, to a host that reads it. */
export type ClientAccess = "presented" | "not configured" | "ignored by the host";

/** What has to be logged about a change before it is made. */
export function enforcementNotices(
  change: EnforcementChange,
  scope: Scope,
  clientAccess: ClientAccess,
): readonly string[] {
  const meaning = enforcementMeaning(change, scope);
  if (meaning === undefined) return [];
  const warning = change === "turns on" ? lockoutWarning(clientAccess, scope) : undefined;
  return warning === undefined ? [meaning] : [meaning, warning];
}

/** Why the provider may be locked out as soon as enforcement is on; undefined when it is prepared. */
function lockoutWarning(clientAccess: ClientAccess, scope: Scope): string | undefined {
  switch (clientAccess) {
    case "presented":
      return undefined;
    case "not configured":
      return (
        `no client certificate is configured for this provider, so the API may refuse its own next calls in ` +
        `${scopeName(scope)}; set openai:clientCertificate and openai:clientKey to keep managing it from here.`
      );
    case "ignored by the host":
      return (
        "a client certificate is configured for this provider, but the host in openai:baseUrl does not " +
        `accept client certificates, so the API will reject the provider's own next requests in ${scopeName(scope)}. ` +
        "Set openai:baseUrl to https://mtls.api.openai.com/v1 (or the mtls-us. or mtls-eu. host) before you continue."
      );
  }
}

/** Why a policy refuses a change; undefined when it does not. */
export function policyViolation(
  change: EnforcementChange,
  policy: EnforcementPolicy,
  scope: Scope,
): string | undefined {
  const meaning = enforcementMeaning(change, scope);
  if (policy === "warn" || meaning === undefined) return undefined;
  return `refused by enforcementChange: "refuse", and nothing was changed: ${meaning} Set it to "warn" to allow this.`;
}
