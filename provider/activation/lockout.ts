import type { ListedCertificate } from "../api/shapes";
import type { ClientIdentity } from "../connection/identity";
import { accessCandidates } from "./access";
import { judgeClient } from "./clientTrust";
import { activeIds, type Step } from "./plan";
import type { ScopedCertificates } from "./scopedCertificates";

/** What the steps make of the provider's own access to the API. */
export type Access =
  | {
      readonly kind: "kept";
      /** The certificate that accepts the provider, if one of the scope has to. */ readonly by?: string;
    }
  | { readonly kind: "lost"; readonly message: string };

/** Codes that only say that another authority issued the client certificate. */
const OTHER_ISSUER: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * Looks for a certificate that accepts the provider's client certificate while the steps are sent. Contents are read
 * until the first that does. A project inherits the organization's active certificates, which are looked at last.
 * @throws ApiError when a content, or the organization's list, cannot be read.
 */
export async function findAccess(
  scoped: Pick<ScopedCertificates, "identity" | "content" | "inherited">,
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
): Promise<Access> {
  const { identity } = scoped;
  const candidates = accessCandidates(steps, listed);
  if (!identity || candidates.length === 0) return { kind: "kept" };
  const own = await firstTrusting(identity, candidates, scoped);
  if ("id" in own) return { kind: "kept", by: own.id };
  const inherited = activeIds(await scoped.inherited()).difference(new Set(candidates));
  const others = await firstTrusting(identity, [...inherited].sort(), scoped);
  if ("id" in others) return { kind: "kept" };
  return { kind: "lost", message: lockedOut(identity, [...own.rejected, ...others.rejected]) };
}

interface Rejection {
  readonly id: string;
  readonly reason: string;
}

async function firstTrusting(
  identity: ClientIdentity,
  ids: readonly string[],
  scoped: Pick<ScopedCertificates, "content">,
): Promise<{ readonly id: string } | { readonly rejected: readonly Rejection[] }> {
  const rejected: Rejection[] = [];
  for (const id of ids) {
    const verdict = await judgeClient(identity, await scoped.content(id));
    if (verdict.trusted) return { id };
    rejected.push({ id, reason: verdict.reason });
  }
  return { rejected };
}

function lockedOut({ chain: [client] }: ClientIdentity, rejected: readonly Rejection[]): string {
  const named = rejected
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, reason }) => (OTHER_ISSUER.has(reason) ? id : `${id}: ${reason}`));
  return [
    "this would lock the provider itself out of the API.",
    `  None of the certificates that would be active (${named.join(", ")}) accepts the configured client ` +
      `certificate (${client?.subject.replaceAll("\n", ", ") ?? "none"}).`,
    "  Keep or add the certificate that issued it, or set openai:clientCertificate and openai:clientKey to a client " +
      "certificate that is accepted.",
    "  (Filters that are set in the dashboard are not visible to this provider and were not evaluated.)",
  ].join("\n");
}
