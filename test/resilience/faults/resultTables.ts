import { printTable } from "../../support/table";
import { SCOPES } from "./allScenarios";
import { FAULT_CASES } from "./faultCases";
import type { Injection } from "./injector";
import { OPERATIONS } from "./operations";
import type { Scenario, ScenarioResult } from "./scenario";
import { UPLOAD_OPERATIONS } from "./uploadScenario";
import type { UploadScenario } from "./uploadScenario";

interface FaultResult extends ScenarioResult {
  readonly scenario: Scenario;
}

interface UploadFaultResult {
  readonly scenario: UploadScenario;
  readonly wrong: readonly string[];
}

/** Prints a table for each operation in each scope: what a fault leads to when it happens once, and when it lasts. */
export function printFaultTables(results: readonly FaultResult[]): void {
  for (const scope of SCOPES) {
    for (const operation of OPERATIONS) {
      const ofOperation = results.filter(
        ({ scenario }) => scenario.scope === scope && scenario.operation === operation,
      );
      console.log(`\n${operation.name} of 23 in the ${scope}: once / lasting`);
      printFaultTable(operation.calls, ofOperation, (found) =>
        found.every(({ survived }) => survived) ? "survived" : "repaired",
      );
    }
  }
}

export function printUploadFaultTables(results: readonly UploadFaultResult[]): void {
  for (const operation of UPLOAD_OPERATIONS) {
    const ofOperation = results.filter(({ scenario }) => scenario.operation === operation);
    console.log(`\n${operation.name}: once / lasting`);
    printFaultTable(operation.calls, ofOperation, () => "correct, one upload");
  }
}

interface Result {
  readonly scenario: Omit<Injection, "calls">;
  readonly wrong: readonly string[];
}

/** Prints a row for each fault and a column for each call. @param describe what to print when nothing is wrong. */
function printFaultTable<R extends Result>(
  calls: readonly string[],
  results: readonly R[],
  describe: (found: readonly R[]) => string,
): void {
  const format = (found: readonly R[]): string => {
    if (found.length === 0) return "–";
    return found.some(({ wrong }) => wrong.length > 0) ? "WRONG" : describe(found);
  };
  printTable([
    ["", ...calls.map((endpoint, position) => `${position + 1}. ${endpoint}`)],
    ...FAULT_CASES.map((faultCase) => [
      faultCase.name,
      ...calls.map((_, position) => {
        const [once, lasting] = [false, true].map((isLasting) =>
          format(
            results.filter(
              ({ scenario }) =>
                scenario.faultCase === faultCase &&
                scenario.position === position &&
                scenario.lasting === isLasting,
            ),
          ),
        );
        return `${once ?? ""} / ${lasting ?? ""}`;
      }),
    ]),
  ]);
}
