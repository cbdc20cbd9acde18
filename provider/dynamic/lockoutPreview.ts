import { type Access, findAccess } from "../activation/lockout";
import { type Desired, plan, type Step } from "../activation/plan";
import type { ScopedCertificates } from "../activation/scopedCertificates";
import { ApiError } from "../api/errors";
import { scopeName } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";

/** What a preview knows of a scope and of a resource in it. */
export interface Foreseen {
  readonly scoped: ScopedCertificates;
  readonly listed: readonly ListedCertificate[];
  readonly desired: Desired;
  /** Ids this resource has made or found active before. */
  readonly owned: ReadonlySet<string>;
}

/**
 * Finds out whether an update is certain to lock the provider out, whatever other resources keep active.
 * @param warns whether to log a warning when the lock-out is likely, but not certain.
 * @returns why the update must be rejected; undefined when that is not certain.
 */
export async function certainLockout(foreseen: Foreseen, warns: boolean): Promise<string | undefined> {
  const { scoped } = foreseen;
  const steps = stepsOf(foreseen);
  const access = await foreseenAccess(foreseen, steps);
  if (access.kind === "kept") return undefined;
  const onlyActivated = steps.filter(({ toggle }) => toggle === "activate");
  const atBest = await foreseenAccess(foreseen, onlyActivated);
  if (atBest.kind === "lost") return access.message;
  if (warns) warn(scoped, access.message);
  return undefined;
}

/** Warns of an update that would lock the provider out. */
export async function warnOfLockout(foreseen: Foreseen): Promise<void> {
  const access = await foreseenAccess(foreseen, stepsOf(foreseen));
  if (access.kind === "lost") warn(foreseen.scoped, access.message);
}

function stepsOf({ scoped, desired, owned, listed }: Foreseen): readonly Step[] {
  return plan(desired, owned, listed, Date.now() / 1000, scoped.declared()).steps;
}

/** A preview continues when contents cannot be read: the update reads them before it changes anything. */
async function foreseenAccess({ scoped, listed }: Foreseen, steps: readonly Step[]): Promise<Access> {
  try {
    return await findAccess(scoped, steps, listed);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    scoped.say(`the provider's own access to ${scopeName(scoped.scope)} was not verified: ${error.message}`);
    return { kind: "kept" };
  }
}

function warn(scoped: ScopedCertificates, message: string): void {
  scoped.say(`${scopeName(scoped.scope)}: warning: ${message}`);
}
