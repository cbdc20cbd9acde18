import type { ListedCertificate } from "../../api/listedCertificate";
import { scopeName } from "../../api/scope";
import type { Scope } from "../../api/scope";
import type { NameSettings } from "../../settings/settings";
import { activeAfterEach, activeIds } from "../plan";
import type { Chunk, EnforcementPolicy } from "../plan";

/** Whether requests in a scope must present a client certificate, and what an update changes about that. */
export type EnforcementChange = "turns on" | "turns off" | "stays on" | "stays off";

/** What the chunks change about enforcement, which is on while any certificate is active. */
export function effectOnEnforcement(
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): EnforcementChange {
  const before = activeIds(listed);
  const after = activeAfterEach(chunks, before).at(-1) ?? before;
  if (before.size > 0) return after.size > 0 ? "stays on" : "turns off";
  return after.size > 0 ? "turns on" : "stays off";
}

/** What a change of enforcement means for clients; undefined when there is none. @param verb "may" when it is not certain. */
export function enforcementMeaning(
  change: EnforcementChange,
  scope: Scope,
  verb: "will" | "may" = "will",
): string | undefined {
  const where = scopeName(scope);
  switch (change) {
    case "turns on":
      return (
        `mTLS ${verb} be enforced for ${where}: the API will reject every request without a client certificate issued by ` +
        "an active certificate, even with a valid API key. Clients must call mtls.api.openai.com (or mtls-us., " +
        "mtls-eu.) with their certificate. If clients are locked out, deactivate the certificate in the dashboard " +
        "(mTLS does not apply there)."
      );
    case "turns off":
      return (
        `mTLS ${verb} be turned off for ${where}: the API will accept requests with an API key alone. X.509 workload ` +
        "identity, which uses the same certificates, stops working, too."
      );
    case "stays on":
    case "stays off":
      return undefined;
  }
}

/** Whether the provider presents a client certificate of its own, to a host that reads it. */
export type ClientAccess = "presented" | "not configured" | "ignored by the host";

/**
 * What has to be logged about a change before it is made.
 * @param names what to call the settings of the connection.
 * @param verb "may" when the change is not certain.
 */
export function enforcementNotices(
  change: EnforcementChange,
  scope: Scope,
  clientAccess: ClientAccess,
  names: NameSettings,
  verb: "will" | "may" = "will",
): readonly string[] {
  const meaning = enforcementMeaning(change, scope, verb);
  if (meaning === undefined) return [];
  const warning = change === "turns on" ? lockoutWarning(clientAccess, scope, names) : undefined;
  return warning === undefined ? [meaning] : [meaning, warning];
}

/** Why the provider may be locked out as soon as enforcement is on; undefined when it is prepared. */
function lockoutWarning(clientAccess: ClientAccess, scope: Scope, names: NameSettings): string | undefined {
  switch (clientAccess) {
    case "presented":
      return undefined;
    case "not configured":
      return (
        `no client certificate is configured for the provider, so the API may reject the provider's own next request ` +
        `in ${scopeName(scope)}. Set ${names(["clientCertificate", "clientKey"])} before you continue.`
      );
    case "ignored by the host":
      return (
        `a client certificate is configured for the provider, but the host in ${names(["baseUrl"])} does not ` +
        `accept client certificates, so the API will reject the provider's own next requests in ${scopeName(scope)}. ` +
        `Set ${names(["baseUrl"])} to https://mtls.api.openai.com/v1 (or the mtls-us. or mtls-eu. host) before you continue.`
      );
  }
}

/** What other resources of the program would have to do so that a policy does not reject a change. */
const WAY_OUT = {
  "turns on": "activates certificates before",
  "turns off": "keeps one of these certificates active",
} as const;

/** Why a policy may reject a change: another resource may still avert it. Undefined when it allows the change. */
export function possibleViolation(change: EnforcementChange, policy: EnforcementPolicy): string | undefined {
  if (policy === "warn" || change === "stays on" || change === "stays off") return undefined;
  return (
    `enforcementChange: "refuse" rejects this update unless another resource of the program ${WAY_OUT[change]}. ` +
    'Set it to "warn" to allow this.'
  );
}

/** Why a policy rejects a change; undefined when it allows it. */
export function policyViolation(
  change: EnforcementChange,
  policy: EnforcementPolicy,
  scope: Scope,
): string | undefined {
  const meaning = enforcementMeaning(change, scope);
  if (policy === "warn" || meaning === undefined) return undefined;
  return `rejected by enforcementChange: "refuse". No changes were made. ${meaning} Set it to "warn" to allow this.`;
}
