import type { Toggle } from "../api/certificates";
import { ApiError } from "../api/errors";
import type { ListedCertificate } from "../api/shapes";
import { activeIds, type Step } from "./plan";
import type { ScopedCertificates } from "./scopedCertificates";

/** What is known of a scope's certificates after a number of calls. */
export interface Known {
  readonly certificates: readonly ListedCertificate[];
  /** Ids whose state is not known, because the answer to the last call was lost and the list could not be had. */
  readonly unverified: ReadonlySet<string>;
}

export interface Outcome extends Known {
  readonly failure?: {
    /** The step that failed. */
    readonly step: Step;
    /** The steps that were to follow, and were not sent. */
    readonly unsent: readonly Step[];
    readonly error: Error;
  };
}

/**
 * Sends a plan's steps in their order and stops at the first that fails.
 * @param listed the scope's certificates before the first step.
 * @returns what is really active afterwards; asked anew when an answer was lost. Never throws for a failed call.
 */
export async function carryOut(
  api: ScopedCertificates,
  steps: readonly Step[],
  listed: readonly ListedCertificate[],
): Promise<Outcome> {
  let certificates = listed;
  for (const [index, planned] of steps.entries()) {
    const step = await withoutDeclared(api, planned);
    if (step.ids.length === 0) continue;
    try {
      certificates = withAnswers(certificates, await api.toggle(step));
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      const failure = { step, unsent: steps.slice(index + 1), error: known };
      return { ...(await lookAgain(api, step, certificates, known)), failure };
    }
  }
  return { certificates, unverified: new Set() };
}

/** A resource that is checked only after the plan was made may declare what is about to be deactivated. */
async function withoutDeclared(api: ScopedCertificates, step: Step): Promise<Step> {
  if (step.toggle === "activate") return step;
  const declared = await api.allDeclared();
  return { ...step, ids: step.ids.filter((id) => !declared.has(id)) };
}

/** Whether the calls changed, or may have changed, what is active. */
export function hasChanged(
  before: readonly ListedCertificate[],
  { certificates, unverified }: Known,
): boolean {
  return unverified.size > 0 || activeIds(before).symmetricDifference(activeIds(certificates)).size > 0;
}

async function lookAgain(
  api: ScopedCertificates,
  { ids }: Step,
  certificates: readonly ListedCertificate[],
  error: Error,
): Promise<Known> {
  if (error instanceof ApiError && !error.failure.mayHaveActed)
    return { certificates, unverified: new Set() };
  try {
    return { certificates: await api.list(), unverified: new Set() };
  } catch {
    return { certificates, unverified: new Set(ids) };
  }
}

function withAnswers(
  certificates: readonly ListedCertificate[],
  answers: readonly ListedCertificate[],
): readonly ListedCertificate[] {
  const byId = new Map([...certificates, ...answers].map((certificate) => [certificate.id, certificate]));
  return [...byId.values()];
}

/** The words for a step in messages: "activate, chunk 3 of 5". */
export function stepName({
  toggle,
  chunk,
  chunks,
}: {
  toggle: Toggle;
  chunk: number;
  chunks: number;
}): string {
  return `${toggle}, chunk ${chunk} of ${chunks}`;
}
