import { CheckMonitor } from "./checkMonitor";
import { rejectionsNotAverted } from "./expectedRejections";
import type { ExpectedRejection } from "./expectedRejections";
import { SharedRun } from "./sharedRun";

/**
 * The rejections that the provider processes of a preview expect, once the engine has checked the resources that the
 * program registers at the same time. Waits only if any is expected.
 */
export async function finalRejections(engineAddress: string): Promise<readonly ExpectedRejection[]> {
  const run = new SharedRun();
  await run.join(engineAddress);
  try {
    if (rejectionsNotAverted(await run.others()).length === 0) return [];
    await new CheckMonitor(run).quiet(true);
    return rejectionsNotAverted(await run.others());
  } finally {
    run.leave();
  }
}
