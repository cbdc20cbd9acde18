import type { X509Certificate } from "node:crypto";
import { checkClientTrust } from "./checkClientTrust";
import { copyPath } from "./copies";
import { explain } from "./explain";
import type { Rejection } from "./rejection";
import { weaknessOf } from "./strength";
import { subjectOf } from "./subject";

/** A path from a client to a CA certificate, judged apart from the dates. */
export interface JudgedPath {
  /** From the client's certificate, or that of a CA which issues them, to the CA certificate. */
  readonly path: readonly X509Certificate[];
  /** Why it is never valid; absent when it is valid while all of its certificates are. */
  readonly rejection?: Rejection;
}

/**
 * Lets OpenSSL judge a path whose signatures are genuine: in a handshake inside this process, which the copies of its
 * certificates can make, because their keys are at hand. What the copies do not show is judged apart: the real keys and
 * digests here, dates in verdict.ts.
 */
export async function judgePath(path: readonly X509Certificate[], isIssuer: boolean): Promise<JudgedPath> {
  const rejection = weaknessIn(path) ?? (await rejectionByOpenssl(path, isIssuer));
  return { path, ...(rejection && { rejection }) };
}

function weaknessIn(path: readonly X509Certificate[]): Rejection | undefined {
  const weakness = weaknessOf(path);
  if (!weakness) return undefined;
  const { index, kind, what } = weakness;
  const certificate = path[index];
  return {
    reason: kind === "key" ? "weak key" : "weak digest",
    ...(certificate && { subject: subjectOf(certificate) }),
    detail: what,
  };
}

async function rejectionByOpenssl(
  path: readonly X509Certificate[],
  isIssuer: boolean,
): Promise<Rejection | undefined> {
  const { chain, keyPem, anchor } = copyPath(path, isIssuer);
  const chainPem = chain.map((copy) => copy.toString()).join("");
  const trust = await checkClientTrust({ chain, chainPem, keyPem }, anchor.toString());
  return trust.trusted ? undefined : explain(path, trust.reason, isIssuer);
}
