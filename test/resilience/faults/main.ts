import { SecretScanner } from "../../support/secretScanner";
import { type Scenario, runScenario, type ScenarioResult } from "./scenario";
import { type FaultCase, FAULT_CASES } from "./faultCases";
import { type Operation, OPERATIONS } from "./operations";
import { newCredentials, type ScopeKind } from "./fixture";
import {
  runUploadScenario,
  UPLOAD_OPERATIONS,
  type UploadScenario,
  type UploadOperation,
} from "./uploadScenario";

/** How many cells are played at once: most of them wait, for a time-out or for the throttle. */
const AT_ONCE = 40;

const SCOPES: readonly ScopeKind[] = ["organization", "project"];

/** Plays every mishap at every call of every operation, and prints what became of it: `npm run test:faults`. */
async function main(): Promise<number> {
  const credentials = await newCredentials();
  const scanner = new SecretScanner([credentials.adminKey, credentials.client.keyPem]);
  const started = Date.now();
  shortenWaits();
  const lines = captureConsole(scanner);
  const scenarios = allScenarios();
  const results = new Map<Scenario, ScenarioResult>();
  await inParallel(scenarios, async (scenario) =>
    results.set(scenario, await runScenario(scenario, credentials, scanner)),
  );
  const uploads = allUploadScenarios();
  const uploadResults = new Map<UploadScenario, readonly string[]>();
  await inParallel(uploads, async (scenario) =>
    uploadResults.set(scenario, await runUploadScenario(scenario, credentials, scanner, lines.printed)),
  );
  lines.stop();

  for (const scope of SCOPES) {
    for (const operation of OPERATIONS) printTable(scope, operation, results);
  }
  for (const operation of UPLOAD_OPERATIONS) printUploadTable(operation, uploadResults);
  const wrongUploads = [...uploadResults].filter(([, reasons]) => reasons.length > 0);
  for (const [{ operation, position, faultCase, lasting }, reasons] of wrongUploads) {
    const when = lasting ? "lasting" : "once";
    console.log(`${operation.name}, call ${position + 1}, ${faultCase.name}, ${when}: ${reasons.join("; ")}`);
  }
  const wrong = [...results].filter(([, result]) => result.wrong.length > 0);
  for (const [scenario, { wrong: reasons }] of wrong) {
    const { scope, operation, position, faultCase, lasting, next } = scenario;
    const where = `${scope}, ${operation.name}, call ${position + 1}, ${faultCase.name}, ${lasting ? "lasting" : "once"}`;
    console.log(`${where}, then ${next}: ${reasons.join("; ")}`);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const [total, failed] = [scenarios.length + uploads.length, wrong.length + wrongUploads.length];
  console.log(`${total} cells in ${seconds} s, ${failed} wrong.`);
  console.log(
    `Secrets found in ${scanner.bytes} bytes of errors, states and messages: ${scanner.found.length}.`,
  );
  return failed === 0 && scanner.found.length === 0 ? 0 : 1;
}

function allScenarios(): readonly Scenario[] {
  return SCOPES.flatMap((scope) =>
    OPERATIONS.flatMap((operation) =>
      operation.calls.flatMap((endpoint, position) =>
        FAULT_CASES.filter((faultCase) => faultCase.appliesTo(endpoint)).flatMap((faultCase) =>
          [true, false].flatMap((lasting) =>
            (["up", "refresh, up"] as const).map((next): Scenario => ({
              scope,
              operation,
              position,
              faultCase,
              lasting,
              next,
            })),
          ),
        ),
      ),
    ),
  );
}

function allUploadScenarios(): readonly UploadScenario[] {
  return UPLOAD_OPERATIONS.flatMap((operation) =>
    operation.calls.flatMap((endpoint, position) =>
      FAULT_CASES.filter((faultCase) => faultCase.appliesTo(endpoint)).flatMap((faultCase) =>
        [true, false].map((lasting): UploadScenario => ({ operation, position, faultCase, lasting })),
      ),
    ),
  );
}

function printUploadTable(
  operation: UploadOperation,
  results: ReadonlyMap<UploadScenario, readonly string[]>,
): void {
  console.log(`\n${operation.name}: once / lasting`);
  for (const faultCase of FAULT_CASES) {
    const columns = operation.calls.map((endpoint, position) => {
      const of = (lasting: boolean): string => {
        const found = [...results].find(
          ([scenario]) =>
            scenario.operation === operation &&
            scenario.faultCase === faultCase &&
            scenario.position === position &&
            scenario.lasting === lasting,
        );
        return found === undefined ? "–" : found[1].length > 0 ? "WRONG" : "true, one upload";
      };
      return `${endpoint}: ${of(false)} / ${of(true)}`;
    });
    console.log(
      `${faultCase.name.padEnd(20)}${columns
        .map((text) => text.padEnd(44))
        .join("")
        .trimEnd()}`,
    );
  }
}

/** A row for each mishap, a column for each call: what happens when it strikes once, and when it lasts. */
function printTable(
  scope: ScopeKind,
  operation: Operation,
  results: ReadonlyMap<Scenario, ScenarioResult>,
): void {
  const header = operation.calls.map((endpoint, position) => `${position + 1}. ${endpoint}`);
  const rows = FAULT_CASES.map((faultCase) => [
    faultCase.name,
    ...operation.calls.map((_, position) => formatResult(scope, operation, faultCase, position, results)),
  ]);
  console.log(`\n${operation.name} of 23 in the ${scope}: once / lasting`);
  for (const row of [["", ...header], ...rows]) {
    console.log(
      row
        .map((text, column) => text.padEnd(column === 0 ? 20 : 22))
        .join("")
        .trimEnd(),
    );
  }
}

function formatResult(
  scope: ScopeKind,
  operation: Operation,
  faultCase: FaultCase,
  position: number,
  results: ReadonlyMap<Scenario, ScenarioResult>,
): string {
  const of = (lasting: boolean): string => {
    const found = [...results].filter(
      ([scenario]) =>
        scenario.scope === scope &&
        scenario.operation === operation &&
        scenario.faultCase === faultCase &&
        scenario.position === position &&
        scenario.lasting === lasting,
    );
    if (found.length === 0) return "–";
    if (found.some(([, { wrong }]) => wrong.length > 0)) return "WRONG";
    return found.every(([, { survived }]) => survived) ? "survived" : "repaired";
  };
  return `${of(false)} / ${of(true)}`;
}

/** Makes the jitter of the backoff small. What the API asks to wait, and the pace after a refusal, stay as they are. */
function shortenWaits(): void {
  Math.random = () => 0.01;
}

/** Keeps what the provider prints from the screen, and searches it. */
function captureConsole(scanner: SecretScanner): { readonly printed: readonly string[]; stop(): void } {
  const { log } = console;
  const printed: string[] = [];
  console.log = (text: unknown) => {
    printed.push(String(text));
    scanner.scan("what was printed", text);
  };
  return {
    printed,
    stop: () => {
      console.log = log;
    },
  };
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
