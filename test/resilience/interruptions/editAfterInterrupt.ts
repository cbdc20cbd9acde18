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
  readonly edit: (fixture: InterruptionFixture) => Promise<void>;
  /** Makes it again what it was when it was killed. */
  readonly revert: (fixture: InterruptionFixture) => Promise<void>;
  /** What is to be active in the end. */
  readonly wanted: readonly string[];
}

export const EDITS_AFTER_INTERRUPT: readonly EditAfterInterrupt[] = [
  {
    change: CREATE,
    then: "the resource was removed",
    edit: (fixture) => fixture.stack.replaceProgram({ "index.ts": "export const nothing = true;\n" }),
    revert: (fixture) => fixture.stack.replaceProgram(PROGRAM),
    wanted: [],
  },
  {
    change: UPDATE,
    then: "the ids of before were declared",
    edit: (fixture) => fixture.declare(UPDATE.before),
    revert: (fixture) => fixture.declare(UPDATE.desired),
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
  const fixture = await InterruptionFixture.create();
  const wrong: string[] = [];
  const run = async (what: string, command: Promise<CommandResult>) => {
    if ((await command).exitCode !== 0) wrong.push(`${what} works`);
  };
  try {
    await begin(fixture, change);
    await fixture.interrupt("SIGKILL", { position: 3, phase: "acted" });
    await run("cancel", fixture.stack.run(["cancel", "--yes"]));
    await edit(fixture);
    await run("the up of the changed program", fixture.stack.up());
    const left = new Set(fixture.active()).difference(new Set(wanted)).size;

    await revert(fixture);
    await run("the up of the killed program", fixture.stack.up());
    if (!same(fixture.active(), change.desired)) wrong.push("it brings about what was killed");
    await edit(fixture);
    await run("the up of the changed program again", fixture.stack.up());
    if (!same(fixture.active(), wanted)) wrong.push("then nothing is left active");
    const needed = ["cancel", "change it back", "up", "change it", "up"];
    return { name: change.name, then, leftActive: String(left), needed, wrong };
  } finally {
    await fixture.end();
  }
}
