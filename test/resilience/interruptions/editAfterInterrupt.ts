import { type CommandResult } from "../../engine/stack";
import { PROGRAM } from "../../e2e/fixture";
import { type Change, CREATE, UPDATE } from "./plan";
import { begin, same } from "./runInterruption";
import { InterruptionFixture } from "./fixture";

/** A change that is killed, after which somebody changes the program instead of running `up` again. */
interface EditAfterInterrupt {
  readonly change: Change;
  readonly then: string;
  /** Changes the program. */
  readonly edit: (stage: InterruptionFixture) => Promise<void>;
  /** Makes it again what it was when it was killed. */
  readonly revert: (stage: InterruptionFixture) => Promise<void>;
  /** What is to be active in the end. */
  readonly wanted: readonly string[];
}

export const EDITS_AFTER_INTERRUPT: readonly EditAfterInterrupt[] = [
  {
    change: CREATE,
    then: "the resource was removed",
    edit: (stage) => stage.stack.replaceProgram({ "index.ts": "export const nothing = true;\n" }),
    revert: (stage) => stage.stack.replaceProgram(PROGRAM),
    wanted: [],
  },
  {
    change: UPDATE,
    then: "the ids of before were declared",
    edit: (stage) => stage.declare(UPDATE.before),
    revert: (stage) => stage.declare(UPDATE.desired),
    wanted: UPDATE.before,
  },
];

export interface EditResult {
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
export async function editAfterInterrupt({
  change,
  then,
  edit,
  revert,
  wanted,
}: EditAfterInterrupt): Promise<EditResult> {
  const stage = await InterruptionFixture.set();
  const wrong: string[] = [];
  const run = async (what: string, command: Promise<CommandResult>) => {
    if ((await command).exitCode !== 0) wrong.push(`${what} works`);
  };
  try {
    await begin(stage, change);
    await stage.interrupt("SIGKILL", { position: 3, phase: "acted" });
    await run("cancel", stage.stack.run(["cancel", "--yes"]));
    await edit(stage);
    await run("the up of the changed program", stage.stack.up());
    const left = new Set(stage.active()).difference(new Set(wanted)).size;

    await revert(stage);
    await run("the up of the killed program", stage.stack.up());
    if (!same(stage.active(), change.desired)) wrong.push("it brings about what was killed");
    await edit(stage);
    await run("the up of the changed program again", stage.stack.up());
    if (!same(stage.active(), wanted)) wrong.push("then nothing is left active");
    const needed = ["cancel", "change it back", "up", "change it", "up"];
    return { name: change.name, then, leftActive: String(left), needed, wrong };
  } finally {
    await stage.end();
  }
}
