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
  const stage = await InterruptionFixture.set();
  const wrong: string[] = [];
  const check = (holds: boolean, promise: string) => {
    if (!holds) wrong.push(promise);
  };
  try {
    await begin(stage, change);
    const said = new Set<string>();
    const needed: string[] = [];
    const hear = (result: CommandResult) => {
      phrasesIn(result).forEach((phrase) => said.add(phrase));
      return result;
    };
    hear(await stage.interrupt(interruption, point));
    if (interruption === "SIGKILL, engine alone") {
      // Nobody has told the provider, which goes on to the end, and then stays.
      await until(() => stage.emulator.log.length === change.calls.length);
      await stage.quiet();
      check(stage.processes().length > 0, "the provider outlives the engine");
      stage.endProcesses();
      needed.push("kill the provider");
    }

    const type = async (command: () => Promise<CommandResult>, name: string) => {
      let result = hear(await command());
      if (result.output.includes("currently locked")) {
        check((await stage.stack.run(["cancel", "--yes"])).exitCode === 0, "cancel works");
        needed.push("cancel");
        result = hear(await command());
      }
      check(result.exitCode === 0, `${name} works`);
      needed.push(name);
    };
    const refresh = () => type(() => stage.stack.refresh("--clear-pending-creates"), "refresh");
    if (first === "refresh" && (await isPending(stage))) await refresh();

    const promised = await callsToReach(stage, change);
    stage.emulator.clearLog();
    await type(() => stage.stack.up(), "up");
    const calls = callsIn(stage.emulator.log);
    check(calls === promised, `it makes only the calls needed: ${promised}`);
    check(same(stage.active(), change.desired), "exactly the desired ids are active");
    const resource = await activationIn(stage.stack);
    for (const property of ["certificateIds", "certificates"]) {
      const inState = Object.keys(resource?.outputs?.[property] ?? {});
      check(same(inState, change.desired), `the state's ${property} are the desired ones`);
    }
    if (await isPending(stage)) await refresh();

    stage.emulator.clearLog();
    const again = await stage.stack.up("--expect-no-changes");
    check(again.exitCode === 0 && stage.emulator.log.length === 0, "a further up changes and asks nothing");
    check(!again.output.includes("pending operations"), "the engine warns no more");
    check((await stage.stack.destroy()).exitCode === 0, "destroy works");
    check(same(stage.active(), []), "a destroy deactivates them all, and nothing else");
    check(stage.processes().length === 0, "nothing is left running");
    await stage.searchState();
    check(stage.scanner.found.length === 0, "the admin key is nowhere");
    return { messages: [...said], needed, calls, wrong };
  } finally {
    await stage.end();
  }
}

/** Brings about what there is before the apply that is killed, and declares what that is to bring about. */
export async function begin(stage: InterruptionFixture, { before, desired }: Change): Promise<void> {
  if (before.length > 0) {
    await stage.declare(before);
    const { exitCode, output } = await stage.stack.up();
    if (exitCode !== 0) throw new Error(output);
  }
  await stage.declare(desired);
}

export function same(actual: readonly string[] | undefined, expected: readonly string[]): boolean {
  return actual?.toSorted().join() === expected.toSorted().join();
}

async function isPending(stage: InterruptionFixture): Promise<boolean> {
  const { deployment } = await stage.stack.exportState();
  return (deployment.pending_operations ?? []).length > 0;
}

const PHRASES = [/error: (update cancell?ed)/, /(currently locked)/, /(interrupted while \w+)/];

function phrasesIn({ output }: CommandResult): readonly string[] {
  return PHRASES.flatMap((phrase) => phrase.exec(output)?.[1] ?? []);
}
