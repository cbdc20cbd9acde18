import { captureLog } from "../../support/capturedLog";
import { runInParallel } from "../../support/runInParallel";
import { SecretScanner } from "../../support/secretScanner";
import { allScenarios, allUploadScenarios } from "./allScenarios";
import { newCredentials } from "./fixture";
import type { Injection } from "./injector";
import { printFaultTables, printUploadFaultTables } from "./resultTables";
import { runScenario } from "./scenario";
import { runUploadScenario } from "./uploadScenario";

/** The number of scenarios that run at the same time: most of them wait, for a time-out or for the throttle. */
const AT_ONCE = 40;

/** Injects every fault into every call of every operation, and prints the results: `npm run test:faults`. */
async function main(): Promise<number> {
  const credentials = await newCredentials();
  const scanner = new SecretScanner([credentials.adminKey, credentials.client.keyPem]);
  const started = Date.now();
  shortenWaits();
  const log = captureLog((line) => {
    scanner.scan("printed output", line);
  });
  const results = await runInParallel(allScenarios(), AT_ONCE, async (scenario) => ({
    scenario,
    ...(await runScenario(scenario, credentials, scanner)),
  }));
  const uploadResults = await runInParallel(allUploadScenarios(), AT_ONCE, async (scenario) => ({
    scenario,
    wrong: await runUploadScenario(scenario, credentials, scanner, log.lines),
  }));
  log.restore();

  printFaultTables(results);
  printUploadFaultTables(uploadResults);
  const failedUploads = uploadResults.filter(({ wrong }) => wrong.length > 0);
  for (const { scenario, wrong } of failedUploads) console.log(`${nameOf(scenario)}: ${wrong.join("; ")}`);

  const failed = results.filter(({ wrong }) => wrong.length > 0);
  for (const { scenario, wrong } of failed)
    console.log(`${scenario.scope}, ${nameOf(scenario)}, then ${scenario.next}: ${wrong.join("; ")}`);

  const seconds = Math.round((Date.now() - started) / 1000);
  const [total, failures] = [results.length + uploadResults.length, failed.length + failedUploads.length];
  console.log(`${total} scenarios in ${seconds} s, ${failures} failed.`);
  console.log(
    `Secrets found in ${scanner.bytes} bytes of errors, states and messages: ${scanner.found.length}.`,
  );
  return failures === 0 && scanner.found.length === 0 ? 0 : 1;
}

interface NamedInjection extends Omit<Injection, "calls"> {
  readonly operation: { readonly name: string };
}

function nameOf({ operation, position, faultCase, lasting }: NamedInjection): string {
  return `${operation.name}, call ${position + 1}, ${faultCase.name}, ${lasting ? "lasting" : "once"}`;
}

/** Makes the jitter of the backoff small. The API's Retry-After and the rate limiter's delays stay as they are. */
function shortenWaits(): void {
  Math.random = () => 0.01;
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
