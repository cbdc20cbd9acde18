import type { Toggle } from "../api/certificates";
import { ApiError } from "../api/errors";
import type { ListedCertificate } from "../api/shapes";
import { activeIds, type Step } from "./plan";
import type { ScopedCertificates } from "./scopedCertificates";

/** What is known of a scope's certificates after a number of calls. */
export interface Known {
  readonly certificates: readonly ListedCertificate[];
  /** Ids whose state is not known, because the response to the last call left it open and the list failed, too. */
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
 * @returns what is really active afterwards. Never throws for a failed call.
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
    const { error, ...known } = await send(api, step, certificates);
    if (error) return { ...known, failure: { step, unsent: steps.slice(index + 1), error } };
    certificates = known.certificates;
  }
  return { certificates, unverified: new Set() };
}

/** A resource that is checked only after the plan was made may declare what is about to be deactivated. */
async function withoutDeclared(api: ScopedCertificates, step: Step): Promise<Step> {
  if (step.toggle === "activate") return step;
  const declared = await api.allDeclared();
  return { ...step, ids: step.ids.filter((id) => !declared.has(id)) };
}

/** What is known after one step, and why it failed if it did. */
interface Sent extends Known {
  readonly error?: Error;
}

/** Sends one step. When the response leaves open whether the API has acted, a list decides. */
async function send(
  api: ScopedCertificates,
  step: Step,
  certificates: readonly ListedCertificate[],
): Promise<Sent> {
  try {
    return { certificates: withResponse(certificates, await api.toggle(step)), unverified: new Set() };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const mayHaveActed = !(error instanceof ApiError) || error.failure.mayHaveActed;
    return mayHaveActed
      ? decideByList(api, step, certificates, error)
      : { certificates, unverified: new Set(), error };
  }
}

/** The step has succeeded when one fresh list shows all of its certificates in the wanted state. */
async function decideByList(
  api: ScopedCertificates,
  step: Step,
  certificates: readonly ListedCertificate[],
  error: Error,
): Promise<Sent> {
  try {
    const known = { certificates: await api.list(), unverified: new Set<string>() };
    return isDone(step, known.certificates) ? known : { ...known, error };
  } catch {
    return { certificates, unverified: new Set(step.ids), error };
  }
}

function isDone({ toggle, ids }: Step, certificates: readonly ListedCertificate[]): boolean {
  const active = activeIds(certificates);
  return ids.every((id) => active.has(id) === (toggle === "activate"));
}

/** Whether the calls changed, or may have changed, what is active. */
export function hasChanged(
  before: readonly ListedCertificate[],
  { certificates, unverified }: Known,
): boolean {
  return unverified.size > 0 || activeIds(before).symmetricDifference(activeIds(certificates)).size > 0;
}

/** The state comes from the response, the details from the list: a response may leave them out. */
function withResponse(
  certificates: readonly ListedCertificate[],
  response: readonly ListedCertificate[],
): readonly ListedCertificate[] {
  const byId = new Map(certificates.map((certificate) => [certificate.id, certificate]));
  for (const { id, active, ...details } of response) {
    byId.set(id, { id, ...details, ...byId.get(id), active });
  }
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
