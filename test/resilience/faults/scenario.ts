import { startRun } from "../../../provider/session/session";
import { countCalls } from "../../emulator/index";
import type { SecretScanner } from "../../support/secretScanner";
import { Fixture } from "./fixture";
import type { Credentials, ScopeKind } from "./fixture";
import { Injector } from "./injector";
import type { Injection } from "./injector";
import type { Operation } from "./operations";
import { StackedProvider } from "./stackedProvider";
import type { OperationResult } from "./stackedProvider";

/** One fault in one call of one operation. */
export interface Scenario extends Omit<Injection, "calls"> {
  readonly scope: ScopeKind;
  readonly operation: Operation;
  /** The commands that the user runs next. */
  readonly next: "up" | "refresh, up";
}

export interface ScenarioResult {
  /** Whether the operation succeeded in spite of the fault. */
  readonly survived: boolean;
  /** The expectations that were not met. */
  readonly wrong: readonly string[];
}

/** Runs an operation with a fault, then the next commands without it. */
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
    const result = await operation.run(resource, fixture.inputs(operation.desired));
    scanner.scan(`the error of ${operation.name}`, result.error);
    scanner.scan(`the state after ${operation.name}`, resource.state);
    const survived = result.error === undefined;
    const endpoint = operation.calls[scenario.position] ?? "list";
    const ofProject = scenario.scope === "project" && operation.before.length > 0;
    const wrong = [
      ...(survived === faultCase.isSurvived(endpoint, lasting, ofProject)
        ? []
        : [survived ? "it succeeded" : describeFailure(result)]),
      ...stateProblems(operation, result, resource, before, fixture.active()),
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
    if (!isSame(fixture.active(), new Set(operation.desired)))
      wrong.push("the active certificates are not the desired ones");
    if (!isSame(resource.ids().active, new Set(operation.desired)))
      wrong.push("the state does not hold exactly the desired ids");
    return { survived, wrong };
  } finally {
    await fixture.emulator.close();
  }
}

/** The differences between the state and the server. */
function stateProblems(
  { name, before, desired }: Operation,
  { error, stored }: OperationResult,
  resource: StackedProvider,
  activeBefore: ReadonlySet<string>,
  activeAfter: ReadonlySet<string>,
): readonly string[] {
  if (!stored) {
    // The engine keeps the previous state; the next delete lists the certificates again.
    return name === "delete" || isSame(activeBefore, activeAfter)
      ? []
      : ["something was changed, but the state was not updated"];
  }
  if (name === "delete" && error === undefined)
    return activeAfter.size === 0 ? [] : ["something is still active"];
  const { active, unverified } = resource.ids();
  const expectedKnown = [...new Set([...before, ...desired])].filter((id) => !unverified.has(id));
  const wrong = expectedKnown.filter((id) => active.has(id) !== activeAfter.has(id));
  return wrong.length === 0 ? [] : [`the state is wrong about ${wrong.join(", ")}`];
}

/** The API calls that the next attempt needs, and no more. */
function callsNeeded(
  { name, desired }: Operation,
  active: ReadonlySet<string>,
  managed: ReadonlySet<string>,
): Partial<Record<string, number>> {
  const desiredIds = new Set(desired);
  const activations = name === "refresh" ? 0 : Math.ceil(desiredIds.difference(active).size / 10);
  const deactivations =
    name === "refresh" ? 0 : Math.ceil(active.intersection(managed).difference(desiredIds).size / 10);
  return {
    list: 1,
    ...(activations + deactivations > 0 && { get: 1 }),
    ...(activations > 0 && { activate: activations }),
    ...(deactivations > 0 && { deactivate: deactivations }),
  };
}

function failed(what: string, result: OperationResult): readonly string[] {
  return result.error === undefined ? [] : [`${what}: ${describeFailure(result)}`];
}

function describeFailure({ error }: OperationResult): string {
  return `it failed: ${error instanceof Error ? error.message : "not with an Error"}`;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.symmetricDifference(other).size === 0;
}
