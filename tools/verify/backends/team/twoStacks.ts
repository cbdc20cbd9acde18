import { ids } from "../../../../test/support/ids";
import { Expectations } from "./expectations";
import { activeIn, declare, storedActivation } from "./team";
import type { Team } from "./team";

/** Two stacks manage different ids of one organization, then share one. */
export async function twoStacks(team: Team): Promise<Expectations> {
  const expectations = new Expectations("two stacks, one organization");
  const gateway = await team.newRunner("gateway", ids(1, 12));
  const batch = await team.newRunner("batch", ids(21, 32));
  for (const runner of [gateway, batch])
    expectations.succeeded(await runner.run(["stack", "init", runner.name]), "stack init");

  expectations.succeeded(await gateway.up(), "the up of the first stack");
  expectations.succeeded(await batch.up(), "the up of the second stack");
  expectations.isSameSet(
    activeIn(team),
    [...ids(1, 12), ...ids(21, 32)],
    "each up leaves the ids of the other stack",
  );

  await declare(gateway, ids(3, 14));
  await declare(batch, ids(23, 34));
  const ups = await Promise.all([gateway.up(), batch.up()]);
  for (const up of ups) expectations.succeeded(up, "a concurrent up of its own stack");
  expectations.isSameSet(
    activeIn(team),
    [...ids(3, 14), ...ids(23, 34)],
    "both sets are active after concurrent ups",
  );
  expectations.isSameSet(
    (await storedActivation(gateway)).managed,
    ids(3, 14),
    "the first state has its own ids",
  );
  expectations.isSameSet(
    (await storedActivation(batch)).managed,
    ids(23, 34),
    "the second state has its own ids",
  );

  // Documented: do not manage an id in two stacks. The last one that removes it deactivates it for both.
  await declare(batch, ids(14, 34));
  expectations.succeeded(await batch.up(), "an up that shares an id");
  await declare(gateway, ids(3, 13));
  expectations.succeeded(await gateway.up(), "an up that removes the shared id");
  expectations.that(
    !team.emulator.activeIds().includes("cert_14"),
    "the shared id is inactive for both stacks",
  );
  const drift = await batch.preview("--refresh", "--expect-no-changes");
  expectations.that(
    drift.exitCode !== 0,
    "a preview with refresh of the other stack reports drift",
    drift.output,
  );
  expectations.succeeded(await batch.refresh(), "a refresh of the other stack");
  expectations.succeeded(await batch.up(), "an up of the other stack");
  expectations.isSameSet(
    activeIn(team),
    [...ids(3, 13), ...ids(14, 34)],
    "and its up activates the shared id again",
  );
  return expectations;
}
