import type { LoggedCall } from "../../../../test/emulator";
import type { Stack } from "../../../../test/engine/stack";
import { callsIn } from "../../../../test/resilience/interruptions/calls";
import { CREATE, UPDATE } from "../../../../test/resilience/interruptions/plan";
import type { Change } from "../../../../test/resilience/interruptions/plan";
import { Expectations } from "./expectations";
import { activeIn, declare, storedActivation } from "./team";
import type { Team } from "./team";

/** Which call of the update, from 0, is executed but never gets its response. */
const KILLED_AT = 3;

/** Certificates in one request, a limit of the API. */
const CHUNK = 10;

/** A runner is killed in the middle of a change of 50 ids, and another one with another home folder takes over. */
export async function takeover(team: Team, change: Change): Promise<Expectations> {
  const expectations = new Expectations(`takeover after a killed ${change.name}`);
  const { emulator } = team;
  const lost = await team.newRunner(change.name, change.before);
  expectations.succeeded(await lost.run(["stack", "init", change.name]), "stack init");
  if (change.before.length > 0) expectations.succeeded(await lost.up(), "the first up");
  await declare(lost, change.desired);
  await killAt(team, lost, KILLED_AT);

  const active = new Set(activeIn(team));
  const desired = new Set(change.desired);
  expectations.that(!isSameSet(active, desired), "the killed runner leaves the change incomplete", [
    ...active,
  ]);
  const surplus = active.difference(desired).size;
  const needed = Math.ceil(desired.difference(active).size / CHUNK) + Math.ceil(surplus / CHUNK) + 1;

  const heir = await team.newRunner(change.name, change.desired);
  const refused = await heir.up();
  expectations.that(refused.exitCode !== 0, "the lock of the killed runner remains", refused.output);
  expectations.that(refused.output.includes("currently locked"), "the reason is the lock", refused.output);
  expectations.that(refused.output.includes("pulumi cancel"), "the engine names the remedy", refused.output);
  expectations.succeeded(await heir.run(["cancel", "--yes"]), "cancel by another runner");

  emulator.clearLog();
  expectations.succeeded(await heir.up(), "the up of the runner that takes over");
  expectations.that(
    emulator.log.length === needed,
    `it sends only the ${needed} calls still needed`,
    callsIn(emulator.log),
  );
  expectations.isSameSet(activeIn(team), change.desired, "exactly the declared ids are active");
  const { managed, pendingOperations } = await storedActivation(heir);
  expectations.isSameSet(managed, change.desired, "the state has the declared ids");
  if (pendingOperations > 0) {
    expectations.succeeded(
      await heir.refresh("--clear-pending-creates"),
      "a refresh that clears pending creates",
    );
  }

  emulator.clearLog();
  const again = await heir.up("--expect-no-changes");
  expectations.succeeded(again, "another up without changes");
  expectations.that(emulator.log.length === 0, "it sends no call", callsIn(emulator.log));
  expectations.that(
    !again.output.includes("pending operations"),
    "no pending operation remains",
    again.output,
  );
  return expectations;
}

export const TAKEOVERS: readonly Change[] = [CREATE, UPDATE];

/** SIGKILL for the engine and all that it started, after a call was executed and before its response is sent. */
async function killAt(team: Team, runner: Stack, position: number): Promise<void> {
  const { emulator, listener } = team;
  emulator.clearLog();
  const running = runner.start(["up", "--yes", "--skip-preview"]);
  listener.onExecuted = (call: LoggedCall) => {
    if (emulator.log.indexOf(call) === position) running.kill();
  };
  await running.result;
  listener.onExecuted = () => undefined;
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.symmetricDifference(b).size === 0;
}
