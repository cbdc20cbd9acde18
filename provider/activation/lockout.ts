import { ExplainedError } from "../explainedError";
import { X509Certificate } from "node:crypto";
import type { ListedCertificate } from "../api/shapes";
import { accepts } from "./acceptance";
import { activeAfterEach, activeIds, type Step } from "./plan";

/** Reads a certificate's PEM text. */
export type ReadContent = (id: string) => Promise<string>;

/**
 * Makes sure that the provider is not locked out by its own calls: after each step at least one active certificate must
 * accept the client certificate that the provider presents. Contents are read until the first that accepts, the ones
 * that stay active longest first, so that one is usually enough.
 * @param chain the provider's client certificate and its intermediates.
 * @param now milliseconds since 1970.
 * @throws Error when after some step none would; then nothing has been changed.
 */
export async function refuseOwnLockout(
  chain: readonly X509Certificate[],
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
  readContent: ReadContent,
  now: number,
): Promise<void> {
  const stages = activeAfterEach(steps, activeIds(listed));
  const judged = new Map<string, boolean>();
  const judge = async (id: string): Promise<boolean> => {
    const verdict = judged.get(id) ?? acceptsContent(await readContent(id), chain, now);
    judged.set(id, verdict);
    return verdict;
  };
  for (const [index, active] of stages.entries()) {
    const later = stages.slice(index);
    if (active.size > 0 && !(await some(longestActiveFirst(active, later, judged), judge))) {
      throw new ExplainedError(lockedOut(active, chain[0]));
    }
  }
}

function longestActiveFirst(
  active: ReadonlySet<string>,
  later: readonly ReadonlySet<string>[],
  judged: ReadonlyMap<string, boolean>,
): readonly string[] {
  const stagesOf = (id: string): number => later.filter((stage) => stage.has(id)).length;
  const rank = (id: string): number => (judged.get(id) === true ? Infinity : stagesOf(id));
  return [...active].sort().sort((a, b) => compare(rank(b), rank(a)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

async function some(ids: readonly string[], judge: (id: string) => Promise<boolean>): Promise<boolean> {
  for (const id of ids) {
    if (await judge(id)) return true;
  }
  return false;
}

function acceptsContent(pem: string, chain: readonly X509Certificate[], now: number): boolean {
  try {
    return accepts(new X509Certificate(pem), chain, now);
  } catch {
    return false;
  }
}

function lockedOut(active: ReadonlySet<string>, client: X509Certificate | undefined): string {
  return [
    "refused, because it would lock this provider out, and nothing was changed:",
    `  none of the certificates that would be active (${[...active].sort().join(", ")}) accepts the client ` +
      `certificate that is configured (${client?.subject.replaceAll("\n", ", ") ?? "none"}).`,
    "  Keep or add the one that issued it, or set openai:clientCertificate and openai:clientKey to one that is accepted.",
    "  (A filter that was set in the dashboard cannot be seen from here, and was not judged.)",
  ].join("\n");
}
