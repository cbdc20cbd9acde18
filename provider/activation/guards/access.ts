import type { ListedCertificate } from "../../api/listedCertificate";
import { activeAfterEach, activeIds, chunked } from "../plan";
import type { Chunk } from "../plan";

/**
 * At least one of these certificates must trust the provider's client certificate, or the chunks would lock it out. The most
 * likely come first: those that were active before.
 * @returns none when nothing is sent, or when the only chunk ends enforcement.
 */
export function accessCandidates(
  chunks: readonly Chunk[],
  listed: readonly ListedCertificate[],
): readonly string[] {
  const before = activeIds(listed);
  const after = activeAfterEach(chunks, before).at(-1);
  if (after === undefined) return [];
  if (after.size > 0) return [...sorted(after.intersection(before)), ...sorted(after.difference(before))];
  // Everything is deactivated: until the last call one of these must trust the provider.
  return chunks.length > 1 ? sorted(before) : [];
}

/**
 * Cuts the chunks so that certificates are in the first call that activates and in the last that deactivates: while they
 * are active, neither the provider nor a client is locked out.
 * @param trusting the most important one first: a call has room for ten.
 */
export function keepingAccess(chunks: readonly Chunk[], trusting: readonly string[]): readonly Chunk[] {
  const idsOf = (action: Chunk["action"]): readonly string[] =>
    chunks.flatMap((chunk) => (chunk.action === action ? chunk.ids : []));
  const isOther = (id: string): boolean => !trusting.includes(id);
  const [activate, deactivate] = [idsOf("activate"), idsOf("deactivate")];
  return [
    ...chunked("activate", [...trusting.filter((id) => activate.includes(id)), ...activate.filter(isOther)]),
    ...chunked("deactivate", [
      ...deactivate.filter(isOther),
      ...trusting.filter((id) => deactivate.includes(id)).toReversed(),
    ]),
  ];
}

function sorted(ids: ReadonlySet<string>): readonly string[] {
  return [...ids].sort();
}
