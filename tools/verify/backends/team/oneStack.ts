import { callsIn } from "../../../../test/resilience/interruptions/calls";
import { ids } from "../../../../test/support/ids";
import { Expectations } from "./expectations";
import { activeIn, storedActivation } from "./team";
import type { Team } from "./team";

const STACK = "shared";
const DECLARED = ids(1, 15);

/** Two runners update one stack at the same time: the lock must refuse one of them, and nothing may be lost. */
export async function oneStack(team: Team): Promise<Expectations> {
  const expectations = new Expectations("two runners, one stack");
  const { emulator, listener } = team;
  const [first, second] = [await team.newRunner(STACK, DECLARED), await team.newRunner(STACK, DECLARED)];
  expectations.succeeded(await first.run(["stack", "init", STACK]), "stack init");

  // The first runner is held in the middle of its update, so the second one meets its lock for certain.
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
  const { promise: isHeld, resolve: held } = Promise.withResolvers<undefined>();
  listener.onReceived = ({ endpoint }) => {
    if (endpoint !== "activate") return Promise.resolve();
    held(undefined);
    return released;
  };
  const firstUp = first.up();
  await Promise.race([isHeld, firstUp]);
  const callsBefore = emulator.log.length;
  const refused = await second.up();
  expectations.that(
    refused.exitCode !== 0,
    "the second runner is refused while the first one updates",
    refused.output,
  );
  expectations.that(refused.output.includes("currently locked"), "the reason is the lock", refused.output);
  expectations.that(
    emulator.log.length === callsBefore,
    "the refused runner sends no API call",
    callsIn(emulator.log),
  );
  release(undefined);
  listener.onReceived = () => Promise.resolve();
  expectations.succeeded(await firstUp, "the up of the first runner");
  expectations.that(
    callsIn(emulator.log) === "1 list, 2 activate",
    "the update costs 3 calls",
    callsIn(emulator.log),
  );
  expectations.isSameSet(activeIn(team), DECLARED, "exactly the declared ids are active");

  emulator.clearLog();
  expectations.succeeded(await second.up("--expect-no-changes"), "the up of the refused runner afterwards");
  expectations.that(
    emulator.log.length === 0,
    "it has nothing left to do and sends no call",
    callsIn(emulator.log),
  );

  // Both start at the same moment: the order is open, the result is not.
  for (const runner of [first, second]) await runner.setConfig({ ids: JSON.stringify(ids(11, 30)) });
  const both = await Promise.all([first.up(), second.up()]);
  const unexplained = both.filter(
    ({ exitCode, output }) => exitCode !== 0 && !output.includes("currently locked"),
  );
  expectations.that(unexplained.length === 0, "only the lock refuses a runner", unexplained[0]?.output);
  expectations.succeeded(await second.up(), "an up after both");
  expectations.isSameSet(activeIn(team), ids(11, 30), "exactly the changed ids are active");
  expectations.isSameSet(
    (await storedActivation(first)).managed,
    ids(11, 30),
    "the state has the active ids",
  );
  expectations.that(
    callsIn(emulator.log) === "1 list, 2 activate, 1 deactivate",
    "the change is sent once: 1 list, 2 activate, 1 deactivate",
    callsIn(emulator.log),
  );
  return expectations;
}
