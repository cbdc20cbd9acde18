import type { LoggedCall } from "../emulator/index";
import type { ProgramFiles } from "../engine/program";
import type { CommandResult, Stack } from "../engine/stack";
import type { Fixture } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";

/** The update of a stack with a changed program. */
export interface Transition {
  readonly update: CommandResult;
  /** The API calls of the update. */
  readonly calls: readonly LoggedCall[];
}

/** A program whose body declares resources. */
export function declaring(body: string) {
  return {
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import {
  Certificate,
  OrgCertificateActivation,
  ProjectCertificateActivation,
  TrustedCertificates,
} from "pulumi-openai-certificates";
${body}
`,
  };
}

/** An activation of the organization as a program declares it. */
export function activation(name: string, ids: readonly string[], more = "", options = ""): string {
  const list = JSON.stringify(ids);
  return `new OrgCertificateActivation("${name}", { certificateIds: ${list}, ${more} }, { ${options} });`;
}

/** The programs that stacks were updated with last. */
const current = new WeakMap<Stack, string>();

/** Updates a stack with a program whose body declares resources, then with another one: see {@link changeProgram}. */
export function change(
  fixture: Fixture,
  before: string,
  after: string,
  ...args: readonly string[]
): Promise<Transition> {
  return changeProgram(fixture, declaring(before), declaring(after), ...args);
}

/** Updates a stack with a program, unless its last update was with the same one, then with another one. */
export async function changeProgram(
  { stack, emulator }: Fixture,
  before: ProgramFiles,
  after: ProgramFiles,
  ...args: readonly string[]
): Promise<Transition> {
  const isThere = current.get(stack) === JSON.stringify(before);
  current.delete(stack);
  if (!isThere) {
    await stack.replaceProgram(before);
    expect(await stack.up()).toMatchObject({ exitCode: 0 });
  }
  await stack.replaceProgram(after);
  emulator.clearLog();
  const update = await stack.up(...args);
  if (update.exitCode === 0) current.set(stack, JSON.stringify(after));
  return { update, calls: [...emulator.log] };
}

/** Expects that exactly these ids are active, that none was inactive meanwhile, and that no update is pending. */
export async function expectKept(
  fixture: Fixture,
  ids: readonly string[],
  transition: Transition,
): Promise<void> {
  expectActiveThroughout(fixture, ids, transition);
  expect(await pendingUpdates(fixture.stack)).toEqual([]);
}

/** Like {@link expectKept}, but the engine shows by another update that none is pending: for the plugin's resources. */
export async function expectActive(
  fixture: Fixture,
  ids: readonly string[],
  transition: Transition,
): Promise<void> {
  expectActiveThroughout(fixture, ids, transition);
  expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
}

function expectActiveThroughout(
  { emulator }: Fixture,
  ids: readonly string[],
  { update, calls }: Transition,
): void {
  expect(update).toMatchObject({ exitCode: 0 });
  expect(emulator.activeIds()).toEqual(ids);
  const deactivated = calls.flatMap((call) => (call.endpoint === "deactivate" ? (call.ids ?? []) : []));
  expect(deactivated.filter((id) => ids.includes(id))).toEqual([]);
}

/** Expects that a destroy deactivates all certificates, including shared ones. */
export async function expectDestroyed({ stack, emulator }: Fixture): Promise<void> {
  current.delete(stack);
  expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
  expect(emulator.activeIds()).toEqual([]);
}
