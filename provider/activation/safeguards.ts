import { ExplainedError } from "../explainedError";
import type { ListedCertificate } from "../api/shapes";
import { announcements, enforcementChange, refusedByPolicy } from "./enforcement";
import { keepingAccess } from "./access";
import { findAccess } from "./lockout";
import type { EnforcementPolicy, Step } from "./plan";
import type { ScopedCertificates } from "./scopedCertificates";

/**
 * Looks at the steps before the first is sent: logs what they change about enforcement, and rejects them when the policy
 * forbids that change, or when they would lock out the provider itself.
 * @returns the steps to send, cut so that a certificate that accepts the provider is active as long as any is.
 * @throws Error when the steps must not be sent; then nothing has been changed.
 */
export async function safeguard(
  scoped: ScopedCertificates,
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
  policy: EnforcementPolicy,
): Promise<readonly Step[]> {
  const change = enforcementChange(steps, listed);
  const refusal = refusedByPolicy(change, policy, scoped.scope);
  if (refusal !== undefined) throw new ExplainedError(refusal);
  const access = await findAccess(scoped, steps, listed);
  if (access.kind === "lost") throw new ExplainedError(`${access.message}\n  No changes were made.`);
  for (const text of announcements(change, scoped.scope, scoped.clientAccess)) scoped.say(text);
  return access.by === undefined ? steps : keepingAccess(steps, access.by);
}
