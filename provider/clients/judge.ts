import { X509Certificate } from "node:crypto";
import { genuinePaths } from "./genuinePaths";
import { judgePath } from "./judgePath";
import type { JudgedPath } from "./judgePath";
import type { KnownClient } from "./knownClient";
import type { Rejection, Verdict } from "./rejection";
import { verdictAt } from "./verdict";

/** What is known of a client and a CA certificate regardless of the time. */
type Judged = { readonly paths: readonly JudgedPath[] } | { readonly rejection: Rejection };

/** Judged pairs, by the digests of both. They never change: time is compared afterwards. */
const judged = new Map<string, Promise<Judged>>();

const parsed = new Map<string, X509Certificate | undefined>();

/**
 * Decides whether a CA certificate trusts a client, without the client's private key: OpenSSL judges copies of each path
 * whose signatures are genuine. Filters (CEL), which only the dashboard shows, are not evaluated.
 * @param pem the CA certificate. A text that cannot be parsed trusts no client.
 * @param now Unix seconds.
 */
export async function judgeClient(client: KnownClient, pem: string, now: number): Promise<Verdict> {
  const anchor = parse(pem);
  if (!anchor) return { trusted: false, rejection: { reason: "unreadable" } };
  const key = `${client.digest} ${anchor.fingerprint256}`;
  const judging = judged.get(key) ?? judgeAllPaths(client, anchor);
  judged.set(key, judging);
  const result = await judging;
  if ("rejection" in result) return { trusted: false, rejection: result.rejection };
  return verdictAt(result.paths, now);
}

async function judgeAllPaths({ chain, isIssuer }: KnownClient, anchor: X509Certificate): Promise<Judged> {
  try {
    const paths = genuinePaths(chain, anchor);
    const results: JudgedPath[] = [];
    for (const path of paths) results.push(await judgePath(path, isIssuer));
    return { paths: results };
  } catch (error) {
    // A certificate that node:crypto reads and asn1js does not.
    return {
      rejection: { reason: "unreadable", detail: error instanceof Error ? error.message : String(error) },
    };
  }
}

/** The certificate of a text, the same object for the same text, so that its signatures are verified once. */
function parse(pem: string): X509Certificate | undefined {
  if (!parsed.has(pem)) parsed.set(pem, read(pem));
  return parsed.get(pem);
}

function read(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
