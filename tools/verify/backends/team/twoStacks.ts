import { ids } from "../../../../test/support/ids";
import { Checks } from "./checks";
import { activeIn, declare, storedActivation } from "./team";
import type { Team } from "./team";

/** Two stacks manage different ids of one organization, then share one. */
export async function twoStacks(team: Team): Promise<Checks> {
  const checks = new Checks("two stacks, one organization");
  const gateway = await team.newRunner("gateway", ids(1, 12));
  const batch = await team.newRunner("batch", ids(21, 32));
  for (const runner of [gateway, batch])
    checks.succeeded(await runner.run(["stack", "init", runner.name]), "stack init");

  checks.succeeded(await gateway.up(), "the up of the first stack");
  checks.succeeded(await batch.up(), "the up of the second stack");
  checks.isSameSet(
    activeIn(team),
    [...ids(1, 12), ...ids(21, 32)],
    "each up leaves the ids of the other stack",
  );

  await declare(gateway, ids(3, 14));
  await declare(batch, ids(23, 34));
  const ups = await Promise.all([gateway.up(), batch.up()]);
  for (const up of ups) checks.succeeded(up, "a concurrent up of its own stack");
  checks.isSameSet(
    activeIn(team),
    [...ids(3, 14), ...ids(23, 34)],
    "both sets are active after concurrent ups",
  );
  checks.isSameSet((await storedActivation(gateway)).managed, ids(3, 14), "the first state has its own ids");
  checks.isSameSet((await storedActivation(batch)).managed, ids(23, 34), "the second state has its own ids");

  // Documented: do not manage an id in two stacks. The last one that removes it deactivates it for both.
  await declare(batch, ids(14, 34));
  checks.succeeded(await batch.up(), "an up that shares an id");
  await declare(gateway, ids(3, 13));
  checks.succeeded(await gateway.up(), "an up that removes the shared id");
  checks.that(!team.emulator.activeIds().includes("cert_14"), "the shared id is inactive for both stacks");
  const drift = await batch.preview("--refresh", "--expect-no-changes");
  checks.that(drift.exitCode !== 0, "a preview with refresh of the other stack reports drift", drift.output);
  checks.succeeded(await batch.refresh(), "a refresh of the other stack");
  checks.succeeded(await batch.up(), "an up of the other stack");
  checks.isSameSet(
    activeIn(team),
    [...ids(3, 13), ...ids(14, 34)],
    "and its up activates the shared id again",
  );
  return checks;
}
