import type { X509Certificate } from "node:crypto";
import type { JudgedPath } from "./judgePath";
import type { Rejection, Verdict } from "./rejection";
import { subjectOf } from "./subject";

/**
 * The verdict at a moment. One valid path is enough. A certificate is valid from its first second and no longer in its
 * last, as OpenSSL compares them.
 * @param paths all of a client and a CA certificate, the shortest first.
 * @param now Unix seconds.
 */
export function verdictAt(paths: readonly JudgedPath[], now: number): Verdict {
  const rejections: Rejection[] = [];
  const ends: number[] = [];
  for (const { path, rejection } of paths) {
    const rejected = rejection ?? rejectionByDate(path, now);
    if (rejected) rejections.push(rejected);
    else ends.push(Math.min(...path.map(endOf)));
  }
  if (ends.length > 0) return { trusted: true, until: Math.max(...ends) };
  // A path that only its dates make invalid says more than one that never was valid.
  const byDate = rejections.find(({ at }) => at !== undefined);
  return { trusted: false, rejection: byDate ?? rejections[0] ?? { reason: "another issuer" } };
}

function rejectionByDate(path: readonly X509Certificate[], now: number): Rejection | undefined {
  const expired = path.find((each) => !(endOf(each) > now));
  if (expired) return { reason: "expired", subject: subjectOf(expired), at: endOf(expired) };
  const early = path.find((each) => !(startOf(each) <= now));
  return early && { reason: "not yet valid", subject: subjectOf(early), at: startOf(early) };
}

function startOf({ validFromDate }: X509Certificate): number {
  return validFromDate.getTime() / 1000;
}

function endOf({ validToDate }: X509Certificate): number {
  return validToDate.getTime() / 1000;
}
