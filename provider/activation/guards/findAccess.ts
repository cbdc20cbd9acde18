import type { ListedCertificate } from "../../api/listedCertificate";
import { checkClientTrust } from "../../clients/checkClientTrust";
import type { ClientCertificate } from "../../settings/clientCertificate";
import type { NameSettings } from "../../settings/settings";
import { activeIds } from "../plan";
import type { Chunk } from "../plan";
import type { ScopeApi } from "../scopeApi";
import { accessCandidates } from "./access";

/** How the chunks affect the provider's own access to the API. */
export type Access =
  | {
      readonly kind: "kept";
      /** The certificate that trusts the provider, if one of the scope has to. */
      readonly by?: string;
    }
  | { readonly kind: "lost"; readonly message: string };

/** Codes that only mean that another authority issued the client certificate. */
const OTHER_ISSUER: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * Looks for a certificate that trusts the provider's client certificate while the chunks are sent. Contents are read
 * until the first that does. A project inherits the organization's active certificates, which are looked at last.
 * @throws ApiError when a content, or the organization's list, cannot be read.
 */
export async function findAccess(
  scoped: Pick<ScopeApi, "clientCertificate" | "content" | "inherited" | "names">,
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): Promise<Access> {
  const { clientCertificate } = scoped;
  const candidates = accessCandidates(chunks, listed);
  if (!clientCertificate || candidates.length === 0) return { kind: "kept" };
  const own = await firstTrusting(clientCertificate, candidates, scoped);
  if ("id" in own) return { kind: "kept", by: own.id };
  const inherited = activeIds(await scoped.inherited()).difference(new Set(candidates));
  const others = await firstTrusting(clientCertificate, [...inherited].sort(), scoped);
  if ("id" in others) return { kind: "kept" };
  return {
    kind: "lost",
    message: lockedOut(clientCertificate, [...own.rejected, ...others.rejected], scoped.names),
  };
}

interface Rejection {
  readonly id: string;
  readonly reason: string;
}

async function firstTrusting(
  clientCertificate: ClientCertificate,
  ids: readonly string[],
  scoped: Pick<ScopeApi, "content">,
): Promise<{ readonly id: string } | { readonly rejected: readonly Rejection[] }> {
  const rejected: Rejection[] = [];
  for (const id of ids) {
    const trust = await checkClientTrust(clientCertificate, await scoped.content(id));
    if (trust.trusted) return { id };
    rejected.push({ id, reason: trust.reason });
  }
  return { rejected };
}

function lockedOut(
  { chain: [client] }: ClientCertificate,
  rejected: readonly Rejection[],
  names: NameSettings,
): string {
  const named = rejected
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, reason }) => (OTHER_ISSUER.has(reason) ? id : `${id}: ${reason}`));
  return [
    "this would lock the provider out of the API.",
    `  None of the certificates that would be active (${named.join(", ")}) trusts the configured client ` +
      `certificate (${client?.subject.replaceAll("\n", ", ") ?? "none"}).`,
    `  Keep or add the certificate that issued it, or set ${names(["clientCertificate", "clientKey"])} to a ` +
      "client certificate that one of them issued.",
    "  (Filters that are set in the dashboard are not visible to this provider and were not evaluated.)",
  ].join("\n");
}
