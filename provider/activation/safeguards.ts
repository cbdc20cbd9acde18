import { scopeName } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";
import { enforcementChange, enforcementMeaning, type EnforcementPolicy } from "./enforcement";
import { refuseOwnLockout } from "./lockout";
import type { Step } from "./plan";
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
  const meaning = enforcementMeaning(change, scoped.scope);
  if (meaning !== undefined) {
    if (policy === "refuse") throw new Error(refusedByPolicy(meaning));
    scoped.say(meaning);
  }
  if (scoped.clientChain) {
    await refuseOwnLockout(scoped.clientChain, steps, listed, (id) => scoped.content(id), now);
  } else if (change === "turns on") {
    scoped.say(
      `no client certificate is configured for this provider, so the API may refuse its own next calls in ` +
        `${scopeName(scoped.scope)}; set openai:clientCertificate and openai:clientKey to keep managing it from here.`,
    );
  }
}

function refusedByPolicy(meaning: string): string {
  return `refused by enforcementChange: "refuse", and nothing was changed: ${meaning} Set it to "warn" to allow this.`;
}
