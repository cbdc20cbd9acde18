import { PROGRAM } from "../../e2e/fixture";
import type { CommandResult } from "../../engine/stack";
import { InterruptionFixture } from "./fixture";
import { CREATE, UPDATE } from "./plan";
import type { Change } from "./plan";
import { begin, isSameSet } from "./runInterruption";

/** An interrupted update, after which the program is edited instead of running `up` again. */
interface EditAfterInterrupt {
  readonly change: Change;
  readonly then: string;
  /** Edits the program. */
  readonly edit: (fixture: InterruptionFixture) => Promise<void>;
  /** Restores the program of the interrupted update. */
  readonly revert: (fixture: InterruptionFixture) => Promise<void>;
  /** The ids that must be active in the end. */
  readonly expected: readonly string[];
}

export const EDITS_AFTER_INTERRUPT: readonly EditAfterInterrupt[] = [
  {
    change: CREATE,
    then: "the resource was removed",
    edit: (fixture) => fixture.stack.replaceProgram({ "index.ts": "export const nothing = true;\n" }),
    revert: (fixture) => fixture.stack.replaceProgram(PROGRAM),
    expected: [],
  },
  {
    change: UPDATE,
    then: "the previous ids were declared",
    edit: (fixture) => fixture.declare(UPDATE.before),
    revert: (fixture) => fixture.declare(UPDATE.desired),
    expected: UPDATE.before,
  },
];

export interface EditResult {
  readonly name: string;
  readonly then: string;
  /** The number of certificates that the first `up` of the edited program left active and that are in no state. */
  readonly leftActive: string;
  readonly needed: readonly string[];
  readonly wrong: readonly string[];
}

/**
 * Certificates that an interrupted update activated are in no state, so `up` must run with the unchanged program before
 * the program is edited. This shows what stays active otherwise, and that doing so later repairs it.
 */
export async function editAfterInterrupt({
  change,
  then,
  edit,
  revert,
  expected,
}: EditAfterInterrupt): Promise<EditResult> {
  const fixture = await InterruptionFixture.create();
  const wrong: string[] = [];
  const run = async (what: string, command: Promise<CommandResult>) => {
    if ((await command).exitCode !== 0) wrong.push(`${what} succeeds`);
  };
  try {
    await begin(fixture, change);
    await fixture.interrupt("SIGKILL", { position: 3, phase: "executed" });
    await run("cancel", fixture.stack.run(["cancel", "--yes"]));
    await edit(fixture);
    await run("the up of the edited program", fixture.stack.up());
    const left = new Set(fixture.active()).difference(new Set(expected)).size;

    await revert(fixture);
    await run("the up of the interrupted program", fixture.stack.up());
    if (!isSameSet(fixture.active(), change.desired)) wrong.push("that up completes the interrupted update");
    await edit(fixture);
    await run("the second up of the edited program", fixture.stack.up());
    if (!isSameSet(fixture.active(), expected)) wrong.push("then no unmanaged certificate stays active");
    const needed = ["cancel", "revert the edit", "up", "edit again", "up"];
    return { name: change.name, then, leftActive: String(left), needed, wrong };
  } finally {
    await fixture.end();
  }
}
