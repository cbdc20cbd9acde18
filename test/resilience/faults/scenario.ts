import { startRun } from "../../../provider/session/session";
import { countCalls } from "../../emulator/index";
import { type SecretScanner } from "./canary";
import { type Operation } from "./operations";
import { type OperationResult, StackedProvider } from "./stackedProvider";
import { type Credentials, type ScopeKind, Fixture } from "./fixture";
import { type Injection, Injector } from "./injector";

/** One mishap at one call of one operation. */
export interface Scenario extends Omit<Injection, "calls"> {
  readonly scope: ScopeKind;
  readonly operation: Operation;
  /** What a person does next. */
  readonly next: "up" | "refresh, up";
}

export interface ScenarioResult {
  /** Whether the operation ended well in spite of the mishap. */
  readonly survived: boolean;
  /** What is wrong; empty when nothing is. */
  readonly wrong: readonly string[];
}

/** Plays a cell: the operation with its mishap, then what a person does next without it. */
export async function runScenario(
  cell: Scenario,
  cast: Credentials,
  canary: SecretScanner,
): Promise<ScenarioResult> {
  const { operation, faultCase, lasting, next } = cell;
  const struck = new Injector({ ...cell, calls: operation.calls });
  const stage = await Fixture.set(cell.scope, cast, canary, () => {
    struck.sees(stage.emulator);
  });
  try {
    const resource = new StackedProvider(stage.provider);
    stage.setActive(operation.before);
    if (operation.before.length > 0) await resource.up(stage.inputs(operation.before));
    const before = stage.active();

    startRun();
    stage.configure({ retryTimeoutSeconds: lasting ? "0" : "600", timeoutSeconds: faultCase.timeoutSeconds });
    await struck.begin(stage.emulator);
    const ended = await operation.run(resource, stage.inputs(operation.desired));
    canary.scan(`what ${operation.name} threw`, ended.error);
    canary.scan(`the state after ${operation.name}`, resource.state);
    const survived = ended.error === undefined;
    const endpoint = operation.calls[cell.position] ?? "list";
    const wrong = [
      ...(survived === faultCase.isSurvived(endpoint, lasting)
        ? []
        : [survived ? "it ended well" : told(ended)]),
      ...falseState(operation, ended, resource, before, stage.active()),
    ];

    await struck.end(stage.emulator);
    const owned = resource.ids();
    const needed = callsNeeded(operation, stage.active(), owned.active.union(owned.unverified));
    startRun();
    stage.configure({ retryTimeoutSeconds: "0", timeoutSeconds: "60" });
    stage.emulator.clearLog();
    if (next === "refresh, up") {
      wrong.push(...failed("the refresh", await resource.refresh()));
      if (operation.name !== "refresh") stage.emulator.clearLog();
      startRun();
    }
    if (operation.name !== "refresh" || next === "up") {
      const again = await operation.run(resource, stage.inputs(operation.desired));
      wrong.push(...failed("the next attempt", again));
    }
    const calls = JSON.stringify(countCalls(stage.emulator.log));
    const isMissing = resource.state === undefined && operation.name === "delete";
    if (!isMissing && calls !== JSON.stringify(needed)) wrong.push(`${calls}, not ${JSON.stringify(needed)}`);
    if (!isSame(stage.active(), new Set(operation.desired))) wrong.push("the set is not what is desired");
    if (!isSame(resource.ids().active, new Set(operation.desired))) wrong.push("the state is not whole");
    return { survived, wrong };
  } finally {
    await stage.emulator.close();
  }
}

/** Where the state says something else than the server. */
function falseState(
  { name, before, desired }: Operation,
  { error, stored }: OperationResult,
  resource: StackedProvider,
  was: ReadonlySet<string>,
  is: ReadonlySet<string>,
): readonly string[] {
  if (!stored) {
    // The engine keeps the state of before; that of a delete is asked anew by the next one.
    return name === "delete" || isSame(was, is)
      ? []
      : ["something was changed, and the state does not say so"];
  }
  if (name === "delete" && error === undefined) return is.size === 0 ? [] : ["something is still active"];
  const { active, unverified } = resource.ids();
  const claimed = [...new Set([...before, ...desired])].filter((id) => !unverified.has(id));
  const wrong = claimed.filter((id) => active.has(id) !== is.has(id));
  return wrong.length === 0 ? [] : [`the state is wrong about ${wrong.join(", ")}`];
}

/** What the next attempt has to ask, and no more. */
function callsNeeded(
  { name, desired }: Operation,
  active: ReadonlySet<string>,
  owned: ReadonlySet<string>,
): Partial<Record<string, number>> {
  const wanted = new Set(desired);
  const on = name === "refresh" ? 0 : Math.ceil(wanted.difference(active).size / 10);
  const off = name === "refresh" ? 0 : Math.ceil(active.intersection(owned).difference(wanted).size / 10);
  return {
    list: 1,
    ...(on + off > 0 && { get: 1 }),
    ...(on > 0 && { activate: on }),
    ...(off > 0 && { deactivate: off }),
  };
}

function failed(what: string, ended: OperationResult): readonly string[] {
  return ended.error === undefined ? [] : [`${what}: ${told(ended)}`];
}

function told({ error }: OperationResult): string {
  return `it failed: ${error instanceof Error ? error.message : "with something that is no error"}`;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.symmetricDifference(other).size === 0;
}
