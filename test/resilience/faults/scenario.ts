import { startRun } from "../../../provider/session/session";
import { countCalls } from "../../emulator/index";
import { type SecretScanner } from "../../support/secretScanner";
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
  scenario: Scenario,
  credentials: Credentials,
  scanner: SecretScanner,
): Promise<ScenarioResult> {
  const { operation, faultCase, lasting, next } = scenario;
  const injector = new Injector({ ...scenario, calls: operation.calls });
  const fixture = await Fixture.create(scenario.scope, credentials, scanner, () => {
    injector.onCall(fixture.emulator);
  });
  try {
    const resource = new StackedProvider(fixture.provider);
    fixture.setActive(operation.before);
    if (operation.before.length > 0) await resource.up(fixture.inputs(operation.before));
    const before = fixture.active();

    startRun();
    fixture.configure({
      retryTimeoutSeconds: lasting ? "0" : "600",
      timeoutSeconds: faultCase.timeoutSeconds,
    });
    await injector.begin(fixture.emulator);
    const ended = await operation.run(resource, fixture.inputs(operation.desired));
    scanner.scan(`what ${operation.name} threw`, ended.error);
    scanner.scan(`the state after ${operation.name}`, resource.state);
    const survived = ended.error === undefined;
    const endpoint = operation.calls[scenario.position] ?? "list";
    const wrong = [
      ...(survived === faultCase.isSurvived(endpoint, lasting)
        ? []
        : [survived ? "it ended well" : describeFailure(ended)]),
      ...stateProblems(operation, ended, resource, before, fixture.active()),
    ];

    await injector.end(fixture.emulator);
    const managed = resource.ids();
    const needed = callsNeeded(operation, fixture.active(), managed.active.union(managed.unverified));
    startRun();
    fixture.configure({ retryTimeoutSeconds: "0", timeoutSeconds: "60" });
    fixture.emulator.clearLog();
    if (next === "refresh, up") {
      wrong.push(...failed("the refresh", await resource.refresh()));
      if (operation.name !== "refresh") fixture.emulator.clearLog();
      startRun();
    }
    if (operation.name !== "refresh" || next === "up") {
      const again = await operation.run(resource, fixture.inputs(operation.desired));
      wrong.push(...failed("the next attempt", again));
    }
    const calls = JSON.stringify(countCalls(fixture.emulator.log));
    const isMissing = resource.state === undefined && operation.name === "delete";
    if (!isMissing && calls !== JSON.stringify(needed)) wrong.push(`${calls}, not ${JSON.stringify(needed)}`);
    if (!isSame(fixture.active(), new Set(operation.desired))) wrong.push("the set is not what is desired");
    if (!isSame(resource.ids().active, new Set(operation.desired))) wrong.push("the state is not whole");
    return { survived, wrong };
  } finally {
    await fixture.emulator.close();
  }
}

/** Where the state says something else than the server. */
function stateProblems(
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
  const expectedKnown = [...new Set([...before, ...desired])].filter((id) => !unverified.has(id));
  const wrong = expectedKnown.filter((id) => active.has(id) !== is.has(id));
  return wrong.length === 0 ? [] : [`the state is wrong about ${wrong.join(", ")}`];
}

/** What the next attempt has to ask, and no more. */
function callsNeeded(
  { name, desired }: Operation,
  active: ReadonlySet<string>,
  managed: ReadonlySet<string>,
): Partial<Record<string, number>> {
  const wanted = new Set(desired);
  const on = name === "refresh" ? 0 : Math.ceil(wanted.difference(active).size / 10);
  const off = name === "refresh" ? 0 : Math.ceil(active.intersection(managed).difference(wanted).size / 10);
  return {
    list: 1,
    ...(on + off > 0 && { get: 1 }),
    ...(on > 0 && { activate: on }),
    ...(off > 0 && { deactivate: off }),
  };
}

function failed(what: string, ended: OperationResult): readonly string[] {
  return ended.error === undefined ? [] : [`${what}: ${describeFailure(ended)}`];
}

function describeFailure({ error }: OperationResult): string {
  return `it failed: ${error instanceof Error ? error.message : "with something that is no error"}`;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.symmetricDifference(other).size === 0;
}
