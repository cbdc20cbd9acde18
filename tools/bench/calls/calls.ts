import type { Sandbox } from "../../../test/engine/sandbox";
import type { Section } from "../report/section";
import { callsByProvider } from "./byProvider";
import { callsByScript } from "./byScript";
import { CALL_CASES } from "./cases";
import { REQUESTS_PER_WINDOW } from "./rateLimit";
import type { RateLimit } from "./rateLimit";
import { limitedSection, unlimitedSection } from "./sections";
import type { CaseCounts } from "./sections";

/** The ids in each call of the two scripts. */
const SCRIPT_SIZES = [1, 10] as const;

export interface CallOptions {
  /** The window of the second table in seconds; undefined for the first table only. */
  readonly windowSeconds: number | undefined;
}

/** Counts the API calls of the provider and of scripts, without and with a rate limit. */
export async function calls(
  sandbox: Sandbox,
  { windowSeconds }: CallOptions,
  log: (line: string) => void,
): Promise<readonly Section[]> {
  const unlimited = unlimitedSection(await countAll(sandbox, undefined, log));
  if (windowSeconds === undefined) return [unlimited];
  const limit = { requests: REQUESTS_PER_WINDOW, windowSeconds };
  return [unlimited, limitedSection(await countAll(sandbox, limit, log), windowSeconds)];
}

async function countAll(
  sandbox: Sandbox,
  limit: RateLimit | undefined,
  log: (line: string) => void,
): Promise<readonly CaseCounts[]> {
  const counted: CaseCounts[] = [];
  for (const each of CALL_CASES) {
    log(`API calls${limit ? ", rate limited" : ""}: ${each.name}`);
    const provider = await callsByProvider(sandbox, each, limit);
    const scripts = [];
    for (const size of SCRIPT_SIZES) scripts.push(await callsByScript(each, size, limit));
    counted.push({ case: each, provider, scripts });
  }
  return counted;
}
