import { type CommandResult } from "../engine/stack";
import { PROGRAM } from "../program/scene";
import { type Change, CREATE, UPDATE } from "./plan";
import { begin, same } from "./play";
import { Stage } from "./stage";

/** A change that is killed, after which somebody changes the program instead of running `up` again. */
interface ChangeOfMind {
  readonly change: Change;
  readonly then: string;
  /** Changes the program. */
  readonly turn: (stage: Stage) => Promise<void>;
  /** Makes it again what it was when it was killed. */
  readonly turnBack: (stage: Stage) => Promise<void>;
  /** What is to be active in the end. */
  readonly wanted: readonly string[];
}

export const CHANGES_OF_MIND: readonly ChangeOfMind[] = [
  {
    change: CREATE,
    then: "the resource was removed",
    turn: (stage) => stage.stack.replaceProgram({ "index.ts": "export const nothing = true;\n" }),
    turnBack: (stage) => stage.stack.replaceProgram(PROGRAM),
    wanted: [],
  },
  {
    change: UPDATE,
    then: "the ids of before were declared",
    turn: (stage) => stage.declare(UPDATE.before),
    turnBack: (stage) => stage.declare(UPDATE.desired),
    wanted: UPDATE.before,
  },
];

export interface Turned {
  readonly name: string;
  readonly then: string;
  /** How many certificates the first `up` of the changed program left active that are in nobody's state. */
  readonly leftActive: string;
  readonly needed: readonly string[];
  readonly wrong: readonly string[];
}

/**
 * What a killed apply has activated is in no state, so the program must be applied as it was killed before it is
 * changed. This shows what is left active when it is not, and that doing so later repairs it.
 */
export async function changeOfMind({ change, then, turn, turnBack, wanted }: ChangeOfMind): Promise<Turned> {
  const stage = await Stage.set();
  const wrong: string[] = [];
  const run = async (what: string, command: Promise<CommandResult>) => {
    if ((await command).exitCode !== 0) wrong.push(`${what} works`);
  };
  try {
    await begin(stage, change);
    await stage.kill("SIGKILL", { position: 3, phase: "acted" });
    await run("cancel", stage.stack.run(["cancel", "--yes"]));
    await turn(stage);
    await run("the up of the changed program", stage.stack.up());
    const left = new Set(stage.active()).difference(new Set(wanted)).size;

    await turnBack(stage);
    await run("the up of the killed program", stage.stack.up());
    if (!same(stage.active(), change.desired)) wrong.push("it brings about what was killed");
    await turn(stage);
    await run("the up of the changed program again", stage.stack.up());
    if (!same(stage.active(), wanted)) wrong.push("then nothing is left active");
    const needed = ["cancel", "change it back", "up", "change it", "up"];
    return { name: change.name, then, leftActive: String(left), needed, wrong };
  } finally {
    await stage.end();
  }
}
