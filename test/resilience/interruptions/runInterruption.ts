import { activationIn } from "../../e2e/fixture";
import type { CommandResult } from "../../engine/stack";
import { callsIn, callsToReach } from "./calls";
import { InterruptionFixture, until } from "./fixture";
import type { Change, Plan } from "./plan";

/** The result of an interrupted update and its repair. */
export interface Outcome {
  /** The engine's messages, verbatim. */
  readonly messages: readonly string[];
  /** The commands that were needed, in order. */
  readonly needed: readonly string[];
  /** The calls of the `up` that repaired it, from the server's log. */
  readonly calls: string;
  /** The expectations that were not met. */
  readonly wrong: readonly string[];
}

/** Interrupts an update, repairs it as a user would, and checks that one `up` reaches the desired set. */
export async function runInterruption({ interruption, change, point, first }: Plan): Promise<Outcome> {
  const fixture = await InterruptionFixture.create();
  const wrong: string[] = [];
  const check = (holds: boolean, expectation: string) => {
    if (!holds) wrong.push(expectation);
  };
  try {
    await begin(fixture, change);
    const messages = new Set<string>();
    const needed: string[] = [];
    const collectMessages = (result: CommandResult) => {
      phrasesIn(result).forEach((phrase) => messages.add(phrase));
      return result;
    };
    collectMessages(await fixture.interrupt(interruption, point));
    if (interruption === "SIGKILL, engine alone") {
      // The provider is not notified: it completes the update, and its process stays.
      await until(() => fixture.emulator.log.length === change.calls.length);
      await fixture.waitUntilIdle();
      check(fixture.processes().length > 0, "the provider process outlives the engine");
      fixture.endProcesses();
      needed.push("end the provider process");
    }

    const runCommand = async (command: () => Promise<CommandResult>, name: string) => {
      let result = collectMessages(await command());
      if (result.output.includes("currently locked")) {
        check((await fixture.stack.run(["cancel", "--yes"])).exitCode === 0, "cancel succeeds");
        needed.push("cancel");
        result = collectMessages(await command());
      }
      check(result.exitCode === 0, `${name} succeeds`);
      needed.push(name);
    };
    const refresh = () => runCommand(() => fixture.stack.refresh("--clear-pending-creates"), "refresh");
    if (first === "refresh" && (await isPending(fixture))) await refresh();

    const expectedCalls = await callsToReach(fixture, change);
    fixture.emulator.clearLog();
    await runCommand(() => fixture.stack.up(), "up");
    const calls = callsIn(fixture.emulator.log);
    check(calls === expectedCalls, `up makes only the calls needed: ${expectedCalls}`);
    check(isSameSet(fixture.active(), change.desired), "exactly the desired ids are active");
    const resource = await activationIn(fixture.stack);
    for (const property of ["certificateIds", "certificates"]) {
      const inState = Object.keys(resource?.outputs?.[property] ?? {});
      check(isSameSet(inState, change.desired), `the state's ${property} are the desired ones`);
    }
    if (await isPending(fixture)) await refresh();

    fixture.emulator.clearLog();
    const again = await fixture.stack.up("--expect-no-changes");
    check(
      again.exitCode === 0 && fixture.emulator.log.length === 0,
      "another up makes no change and no API call",
    );
    check(!again.output.includes("pending operations"), "the engine does not warn about pending operations");
    check((await fixture.stack.destroy()).exitCode === 0, "destroy succeeds");
    check(isSameSet(fixture.active(), []), "a destroy deactivates the managed certificates and no others");
    check(fixture.processes().length === 0, "no process is left running");
    await fixture.searchState();
    check(fixture.scanner.found.length === 0, "the admin key is stored and printed nowhere");
    return { messages: [...messages], needed, calls, wrong };
  } finally {
    await fixture.end();
  }
}

/** Applies the previous ids of a change, then declares its desired ids. */
export async function begin(fixture: InterruptionFixture, { before, desired }: Change): Promise<void> {
  if (before.length > 0) {
    await fixture.declare(before);
    const { exitCode, output } = await fixture.stack.up();
    if (exitCode !== 0) throw new Error(output);
  }
  await fixture.declare(desired);
}

export function isSameSet(actual: readonly string[] | undefined, expected: readonly string[]): boolean {
  return actual?.toSorted().join() === expected.toSorted().join();
}

async function isPending(fixture: InterruptionFixture): Promise<boolean> {
  const { deployment } = await fixture.stack.state();
  return (deployment.pending_operations ?? []).length > 0;
}

const PHRASES = [/error: (update cancell?ed)/, /(currently locked)/, /(interrupted while \w+)/];

function phrasesIn({ output }: CommandResult): readonly string[] {
  return PHRASES.flatMap((phrase) => phrase.exec(output)?.[1] ?? []);
}
