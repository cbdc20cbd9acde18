import { type CommandResult } from "../../engine/stack";
import { activationIn } from "../../e2e/fixture";
import { type Change, type Plan } from "./plan";
import { InterruptionFixture, until } from "./fixture";
import { callsIn, callsToReach } from "./calls";

/** What became of a killed apply. */
export interface Outcome {
  /** What the engine said, in its own words. */
  readonly messages: readonly string[];
  /** What had to be done, in its order. */
  readonly needed: readonly string[];
  /** The calls of the `up` that repaired it, by the server's log. */
  readonly calls: string;
  /** The promises that were not kept. */
  readonly wrong: readonly string[];
}

/** Kills an apply, does what a person would, and looks whether one `up` brings about what was asked. */
export async function runInterruption({ interruption, change, point, first }: Plan): Promise<Outcome> {
  const fixture = await InterruptionFixture.create();
  const wrong: string[] = [];
  const check = (holds: boolean, promise: string) => {
    if (!holds) wrong.push(promise);
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
      // Nobody has told the provider, which goes on to the end, and then stays.
      await until(() => fixture.emulator.log.length === change.calls.length);
      await fixture.waitUntilIdle();
      check(fixture.processes().length > 0, "the provider outlives the engine");
      fixture.endProcesses();
      needed.push("kill the provider");
    }

    const type = async (command: () => Promise<CommandResult>, name: string) => {
      let result = collectMessages(await command());
      if (result.output.includes("currently locked")) {
        check((await fixture.stack.run(["cancel", "--yes"])).exitCode === 0, "cancel works");
        needed.push("cancel");
        result = collectMessages(await command());
      }
      check(result.exitCode === 0, `${name} works`);
      needed.push(name);
    };
    const refresh = () => type(() => fixture.stack.refresh("--clear-pending-creates"), "refresh");
    if (first === "refresh" && (await isPending(fixture))) await refresh();

    const promised = await callsToReach(fixture, change);
    fixture.emulator.clearLog();
    await type(() => fixture.stack.up(), "up");
    const calls = callsIn(fixture.emulator.log);
    check(calls === promised, `it makes only the calls needed: ${promised}`);
    check(same(fixture.active(), change.desired), "exactly the desired ids are active");
    const resource = await activationIn(fixture.stack);
    for (const property of ["certificateIds", "certificates"]) {
      const inState = Object.keys(resource?.outputs?.[property] ?? {});
      check(same(inState, change.desired), `the state's ${property} are the desired ones`);
    }
    if (await isPending(fixture)) await refresh();

    fixture.emulator.clearLog();
    const again = await fixture.stack.up("--expect-no-changes");
    check(again.exitCode === 0 && fixture.emulator.log.length === 0, "a further up changes and asks nothing");
    check(!again.output.includes("pending operations"), "the engine warns no more");
    check((await fixture.stack.destroy()).exitCode === 0, "destroy works");
    check(same(fixture.active(), []), "a destroy deactivates them all, and nothing else");
    check(fixture.processes().length === 0, "nothing is left running");
    await fixture.searchState();
    check(fixture.scanner.found.length === 0, "the admin key is nowhere");
    return { messages: [...messages], needed, calls, wrong };
  } finally {
    await fixture.end();
  }
}

/** Brings about what there is before the apply that is killed, and declares what that is to bring about. */
export async function begin(fixture: InterruptionFixture, { before, desired }: Change): Promise<void> {
  if (before.length > 0) {
    await fixture.declare(before);
    const { exitCode, output } = await fixture.stack.up();
    if (exitCode !== 0) throw new Error(output);
  }
  await fixture.declare(desired);
}

export function same(actual: readonly string[] | undefined, expected: readonly string[]): boolean {
  return actual?.toSorted().join() === expected.toSorted().join();
}

async function isPending(fixture: InterruptionFixture): Promise<boolean> {
  const { deployment } = await fixture.stack.exportState();
  return (deployment.pending_operations ?? []).length > 0;
}

const PHRASES = [/error: (update cancell?ed)/, /(currently locked)/, /(interrupted while \w+)/];

function phrasesIn({ output }: CommandResult): readonly string[] {
  return PHRASES.flatMap((phrase) => phrase.exec(output)?.[1] ?? []);
}
