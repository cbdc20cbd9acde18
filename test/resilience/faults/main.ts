import { inParallel } from "../../support/inParallel";
import { SecretScanner } from "./canary";
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

const PLACES: readonly ScopeKind[] = ["organization", "project"];

/** Plays every mishap at every call of every operation, and prints what became of it: `npm run test:faults`. */
async function main(): Promise<number> {
  const cast = await newCredentials();
  const canary = new SecretScanner([cast.adminKey, cast.client.keyPem]);
  const started = Date.now();
  shortenWaits();
  const lines = listenToConsole(canary);
  const cells = allCells();
  const verdicts = new Map<Scenario, ScenarioResult>();
  await inParallel(cells, AT_ONCE, async (cell) => verdicts.set(cell, await runScenario(cell, cast, canary)));
  const uploads = allUploadCells();
  const uploadVerdicts = new Map<UploadScenario, readonly string[]>();
  await inParallel(uploads, AT_ONCE, async (cell) =>
    uploadVerdicts.set(cell, await runUploadScenario(cell, cast, canary, lines.printed)),
  );
  lines.stop();

  for (const place of PLACES) {
    for (const operation of OPERATIONS) printTable(place, operation, verdicts);
  }
  for (const operation of UPLOAD_OPERATIONS) printUploadTable(operation, uploadVerdicts);
  const wrongUploads = [...uploadVerdicts].filter(([, reasons]) => reasons.length > 0);
  for (const [{ operation, position, faultCase, lasting }, reasons] of wrongUploads) {
    const when = lasting ? "lasting" : "once";
    console.log(`${operation.name}, call ${position + 1}, ${faultCase.name}, ${when}: ${reasons.join("; ")}`);
  }
  const wrong = [...verdicts].filter(([, verdict]) => verdict.wrong.length > 0);
  for (const [cell, { wrong: reasons }] of wrong) {
    const { scope, operation, position, faultCase, lasting, next } = cell;
    const where = `${scope}, ${operation.name}, call ${position + 1}, ${faultCase.name}, ${lasting ? "lasting" : "once"}`;
    console.log(`${where}, then ${next}: ${reasons.join("; ")}`);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const [played, failed] = [cells.length + uploads.length, wrong.length + wrongUploads.length];
  console.log(`${played} cells in ${seconds} s, ${failed} wrong.`);
  console.log(
    `Secrets found in ${canary.bytes} bytes of errors, states and messages: ${canary.found.length}.`,
  );
  return failed === 0 && canary.found.length === 0 ? 0 : 1;
}

function allCells(): readonly Scenario[] {
  return PLACES.flatMap((place) =>
    OPERATIONS.flatMap((operation) =>
      operation.calls.flatMap((endpoint, position) =>
        FAULT_CASES.filter((mishap) => mishap.appliesTo(endpoint)).flatMap((mishap) =>
          [true, false].flatMap((lasting) =>
            (["up", "refresh, up"] as const).map((next): Scenario => ({
              scope: place,
              operation,
              position,
              faultCase: mishap,
              lasting,
              next,
            })),
          ),
        ),
      ),
    ),
  );
}

function allUploadCells(): readonly UploadScenario[] {
  return UPLOAD_OPERATIONS.flatMap((operation) =>
    operation.calls.flatMap((endpoint, position) =>
      FAULT_CASES.filter((mishap) => mishap.appliesTo(endpoint)).flatMap((mishap) =>
        [true, false].map((lasting): UploadScenario => ({ operation, position, faultCase: mishap, lasting })),
      ),
    ),
  );
}

function printUploadTable(
  operation: UploadOperation,
  verdicts: ReadonlyMap<UploadScenario, readonly string[]>,
): void {
  console.log(`\n${operation.name}: once / lasting`);
  for (const mishap of FAULT_CASES) {
    const columns = operation.calls.map((endpoint, position) => {
      const of = (lasting: boolean): string => {
        const found = [...verdicts].find(
          ([cell]) =>
            cell.operation === operation &&
            cell.faultCase === mishap &&
            cell.position === position &&
            cell.lasting === lasting,
        );
        return found === undefined ? "–" : found[1].length > 0 ? "WRONG" : "true, one upload";
      };
      return `${endpoint}: ${of(false)} / ${of(true)}`;
    });
    console.log(
      `${mishap.name.padEnd(20)}${columns
        .map((text) => text.padEnd(44))
        .join("")
        .trimEnd()}`,
    );
  }
}

/** A row for each mishap, a column for each call: what happens when it strikes once, and when it lasts. */
function printTable(
  place: ScopeKind,
  operation: Operation,
  verdicts: ReadonlyMap<Scenario, ScenarioResult>,
): void {
  const header = operation.calls.map((endpoint, position) => `${position + 1}. ${endpoint}`);
  const rows = FAULT_CASES.map((mishap) => [
    mishap.name,
    ...operation.calls.map((_, position) => told(place, operation, mishap, position, verdicts)),
  ]);
  console.log(`\n${operation.name} of 23 in the ${place}: once / lasting`);
  for (const row of [["", ...header], ...rows]) {
    console.log(
      row
        .map((text, column) => text.padEnd(column === 0 ? 20 : 22))
        .join("")
        .trimEnd(),
    );
  }
}

function told(
  place: ScopeKind,
  operation: Operation,
  mishap: FaultCase,
  position: number,
  verdicts: ReadonlyMap<Scenario, ScenarioResult>,
): string {
  const of = (lasting: boolean): string => {
    const found = [...verdicts].filter(
      ([cell]) =>
        cell.scope === place &&
        cell.operation === operation &&
        cell.faultCase === mishap &&
        cell.position === position &&
        cell.lasting === lasting,
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
function listenToConsole(canary: SecretScanner): { readonly printed: readonly string[]; stop(): void } {
  const { log } = console;
  const printed: string[] = [];
  console.log = (text: unknown) => {
    printed.push(String(text));
    canary.scan("what was printed", text);
  };
  return {
    printed,
    stop: () => {
      console.log = log;
    },
  };
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
