import { ExplainedError } from "../explainedError";
import type { ListedCertificate } from "../api/shapes";
import { announcements, enforcementChange, refusedByPolicy } from "./enforcement";
import { refuseOwnLockout } from "./lockout";
import type { EnforcementPolicy, Step } from "./plan";
import type { ScopedCertificates } from "./scopedCertificates";

/**
 * Looks at the steps before the first is sent: says aloud what they make of enforcement, and refuses them when they
 * change it against the policy, or would lock out the provider itself.
 * @param now milliseconds since 1970.
 * @throws Error when the steps must not be sent; then nothing has been changed.
 */
export async function safeguard(
  scoped: ScopedCertificates,
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
  policy: EnforcementPolicy,
  now: number,
): Promise<void> {
  const change = enforcementChange(steps, listed);
  const refusal = refusedByPolicy(change, policy, scoped.scope);
  if (refusal !== undefined) throw new ExplainedError(refusal);
  if (scoped.clientChain) {
    await refuseOwnLockout(scoped.clientChain, steps, listed, (id) => scoped.content(id), now);
  }
  for (const text of announcements(change, scoped.scope, scoped.clientChain !== undefined)) scoped.say(text);
}
