import type { ListedCertificate } from "../../api/listedCertificate";
import { UserError } from "../../shared/userError";
import type { Chunk, EnforcementPolicy } from "../plan";
import type { ScopeApi } from "../scopeApi";
import { keepingAccess } from "./access";
import { NO_CLIENTS } from "./clientGuard";
import type { ClientGuard } from "./clientGuard";
import { effectOnEnforcement, enforcementNotices, policyViolation } from "./enforcement";
import { findAccess } from "./findAccess";
import { isEnforcedByOrganization } from "./inheritedEnforcement";

/**
 * Checks the chunks before the first is sent: logs what they change about enforcement, and rejects them when the policy
 * forbids that change, or when they would lock out the provider itself or a known client.
 * @returns the chunks to send, cut so that a certificate that trusts the provider is active as long as any is, and so are
 * those that the clients need.
 * @throws Error when the chunks must not be sent; then nothing has been changed.
 */
export async function guardChunks(
  scoped: ScopeApi,
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
  policy: EnforcementPolicy,
  clients: ClientGuard = NO_CLIENTS,
): Promise<readonly Chunk[]> {
  const own = effectOnEnforcement(chunks, listed);
  const change = (await isEnforcedByOrganization(scoped, own)) ? "stays on" : own;
  const violation = policyViolation(change, policy, scoped.scope);
  if (violation !== undefined) throw new UserError(violation);
  const access = await findAccess(scoped, chunks, listed);
  if (access.kind === "lost") throw new UserError(`${access.message}\n  No changes were made.`);
  const covering = await clients.judge(scoped, chunks, listed);
  for (const text of enforcementNotices(change, scoped.scope, scoped.clientAccess, scoped.names))
    scoped.warn(text);
  const accepting = [...new Set([...(access.by === undefined ? [] : [access.by]), ...covering])];
  return accepting.length === 0 ? chunks : keepingAccess(chunks, accepting);
}
