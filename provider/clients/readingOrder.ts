import type { X509Certificate } from "node:crypto";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "./keyIdentifiers";
import type { KnownClient } from "./knownClient";
import type { Outcome } from "./outcome";
import { isAccepted } from "./standing";

/** What is known of a certificate before its content is read. */
export interface Candidate {
  readonly id: string;
  /** The name it was given. */
  readonly name: string | null;
  /** Unix seconds. */
  readonly validAt?: number;
  /** Unix seconds. */
  readonly expiresAt?: number;
  /** Its subject key identifier, in hexadecimal digits, if an earlier update has read it. */
  readonly keyIdentifier?: string;
}

/**
 * The content to read next: the one that most likely decides a client.
 * @param read ids that were read, or could not be read.
 * @param endsStepwise whether several calls end enforcement.
 * @returns undefined when every client is decided, or nothing is left to read that could decide one.
 */
export function nextToRead(
  outcomes: readonly Outcome[],
  clients: readonly KnownClient[],
  candidates: readonly Candidate[],
  read: ReadonlySet<string>,
  endsStepwise = false,
): string | undefined {
  const byName = new Map(clients.map((client) => [client.name, client]));
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const wanted = outcomes.flatMap((outcome) => {
    const client = byName.get(outcome.client);
    return undecidedIds(outcome, read, endsStepwise).map((id) => ({
      id,
      likelihood: client ? likelihood(client, byId.get(id)) : 0,
    }));
  });
  const [best] = wanted.sort((a, b) => b.likelihood - a.likelihood || (a.id < b.id ? -1 : 1));
  return best?.id;
}

/**
 * The ids whose contents would decide a client. A client that is trusted after the update needs no other; what was
 * before counts only when it is not, or between the calls that end enforcement.
 */
function undecidedIds(
  { before, after }: Outcome,
  read: ReadonlySet<string>,
  endsStepwise: boolean,
): readonly string[] {
  const isDecided = endsStepwise ? after.kind === "trusted" : isAccepted(after);
  if (isDecided) return [];
  const ofAfter = after.kind === "not determined" ? unread(after.undecided, read) : [];
  if (ofAfter.length > 0) return ofAfter;
  return before.kind === "not determined" ? unread(before.undecided, read) : [];
}

function unread(ids: readonly string[], read: ReadonlySet<string>): readonly string[] {
  return ids.filter((id) => !read.has(id));
}

/** The weights of what speaks for a certificate. A key identifier nearly decides; a name more than a validity. */
const SAME_KEY = 8;
const SAME_NAME = 4;
const SIMILAR_NAME = 2;
const ENCLOSING_VALIDITY = 1;

/** How likely a certificate is to trust a client. */
function likelihood(client: KnownClient, candidate: Candidate | undefined): number {
  if (!candidate) return 0;
  const { chain, isIssuer } = client;
  const { keyIdentifier } = candidate;
  if (keyIdentifier !== undefined && !issuerKeysOf(client).has(keyIdentifier)) return -1;
  const names = chain.flatMap(({ issuer, subject }) => [issuer, ...(isIssuer ? [subject] : [])]);
  return (
    (keyIdentifier === undefined ? 0 : SAME_KEY) +
    Math.max(...names.map((name) => likeness(name, candidate.name))) +
    (encloses(candidate, chain[0]) ? ENCLOSING_VALIDITY : 0)
  );
}

/** The key identifiers of the CAs that may have issued a client's certificates. */
function issuerKeysOf({ chain, isIssuer }: KnownClient): ReadonlySet<string> {
  const keys = chain.flatMap(({ raw }) => hexadecimal(() => authorityKeyIdentifier(raw)));
  // A CA that issues clients may be active itself.
  return new Set([...keys, ...(isIssuer ? hexadecimal(() => subjectKeyIdentifier(chain[0].raw)) : [])]);
}

function hexadecimal(read: () => Buffer | undefined): readonly string[] {
  try {
    return [read()?.toString("hex") ?? []].flat();
  } catch {
    // An extension that cannot be read is no help here. The judge rejects its certificate.
    return [];
  }
}

function likeness(distinguishedName: string | undefined, name: string | null): number {
  const commonName = plain(/^CN=(.*)$/m.exec(distinguishedName ?? "")?.[1] ?? "");
  const given = plain(name ?? "");
  if (commonName === "" || given === "") return 0;
  if (commonName === given) return SAME_NAME;
  return commonName.includes(given) || given.includes(commonName) ? SIMILAR_NAME : 0;
}

/** A name without case, white space and punctuation: "Gateway CA 2026" and "gateway-ca-2026" are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/** Whether a CA was valid for as long as a certificate is, as an authority normally is when it issues one. */
function encloses(
  { validAt, expiresAt }: Candidate,
  { validFromDate, validToDate }: X509Certificate,
): boolean {
  if (validAt === undefined || expiresAt === undefined) return false;
  return validAt <= validFromDate.getTime() / 1000 && validToDate.getTime() / 1000 <= expiresAt;
}
