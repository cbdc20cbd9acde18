import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueCa } from "../../../../test/emulator/certificates/issue";
import { startEmulator } from "../../../../test/emulator/index";
import { runProcess } from "../../../../test/engine/process";
import { ids } from "../../../../test/support/ids";
import type { Check, Finding, Log } from "../../check";
import { pythonTools } from "../../tools/pythonTools";
import { readDocument } from "../openApi";
import { REQUIREMENTS, versionOf } from "../tools/requirements";
import { fuzzDocument } from "./fuzzDocument";
import type { FuzzFacts } from "./fuzzDocument";
import { parseFuzzReport } from "./fuzzReport";

/** Test cases of each operation, and sequences of operations. */
const MAX_EXAMPLES = 100;

/** Milliseconds after which the fuzzer is stopped. It takes half a minute. */
const TIMEOUT_MS = 10 * 60 * 1000;

/** Uploads are not to fail because the organization is full: the fuzzer uploads valid certificates all the time. */
const MAX_CERTIFICATES = 1_000_000;

interface FuzzRun {
  readonly phases: string;
  /** Checks that do not apply. */
  readonly excludedChecks: readonly string[];
  readonly facts: Omit<FuzzFacts, "pems" | "projects">;
}

/** Single requests, valid and invalid ones: systematically, then at random. Every check applies. */
const REQUESTS: FuzzRun = {
  phases: "examples,coverage,fuzzing",
  excludedChecks: [],
  facts: { kept: ids(1, 20), disposable: ids(21, 40), maxIds: 10 },
};

/**
 * Sequences of requests. What is valid depends on the requests before: a certificate that is active cannot be deleted.
 * And after an upload the fuzzer also sends random ids to the endpoints that take them in the body, which it takes for
 * the new certificate. So two checks do not apply.
 */
const SEQUENCES: FuzzRun = {
  phases: "stateful",
  excludedChecks: ["positive_data_acceptance", "ensure_resource_availability"],
  // No certificates before the run: ids come from earlier responses. With several in a request, others would be random.
  facts: { kept: [], disposable: [], maxIds: 1 },
};

export const FUZZ_REQUESTS: Check = {
  id: "fuzz-requests",
  subject: "emulator: valid and invalid requests",
  tool: `schemathesis ${versionOf("schemathesis")}`,
  run: (log) => fuzz(REQUESTS, log),
};

export const FUZZ_SEQUENCES: Check = {
  id: "fuzz-sequences",
  subject: "emulator: sequences of requests",
  tool: `schemathesis ${versionOf("schemathesis")}`,
  run: (log) => fuzz(SEQUENCES, log),
};

async function fuzz(run: FuzzRun, log: Log): Promise<Finding> {
  const bin = await pythonTools(REQUIREMENTS, log);
  const folder = await mkdtemp(join(tmpdir(), "fuzz-"));
  const { kept, disposable } = run.facts;
  const projects = ["proj_a", "proj_b"];
  const emulator = await startEmulator({ projects, maxCertificates: MAX_CERTIFICATES });
  try {
    emulator.seed([...kept, ...disposable].map((id) => ({ id })));
    const pems = [(await issueCa()).pem, (await issueCa()).pem];
    const document = fuzzDocument(await readDocument(), { ...run.facts, pems, projects });
    await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
    const { exitCode, timedOut, output } = await runProcess(
      join(bin, "schemathesis"),
      argumentsOf(run, emulator.url, emulator.adminKey),
      // Without proxies, and without a configuration file of the user.
      { cwd: folder, env: { PATH: bin, HOME: folder, NO_COLOR: "1" }, timeout: TIMEOUT_MS },
    );
    if (timedOut)
      return { figures: "not finished", problems: [`stopped after ${TIMEOUT_MS} ms:\n${output}`] };
    const report = parseFuzzReport(await readFile(join(folder, "report.json"), "utf8"));
    const problems = [...report.problems];
    // The output has the requests and responses of the failures.
    if (exitCode !== 0) problems.push(`exit code ${String(exitCode)}:\n${output}`);
    const counts = Object.entries(Object.groupBy(emulator.log, ({ status }) => kindOf(status))).map(
      ([kind, calls]) => `${calls?.length ?? 0} ${kind}`,
    );
    return {
      figures: `${report.cases} cases of ${report.operations} operations (${counts.join(", ")})`,
      problems,
    };
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** "2xx" and so on. The emulator logs no status where it failed itself. */
function kindOf(status: number | "none"): string {
  return status === "none" ? "without a response" : `${Math.floor(status / 100)}xx`;
}

function argumentsOf({ phases, excludedChecks }: FuzzRun, url: string, key: string): readonly string[] {
  return [
    ...["run", "openapi.json", "--url", url, "--header", `Authorization: Bearer ${key}`],
    ...["--phases", phases, "--checks", "all", "--workers", "1", "--continue-on-failure"],
    ...(excludedChecks.length > 0 ? ["--exclude-checks", excludedChecks.join(",")] : []),
    // Deterministic: each run generates the same cases.
    ...["--generation-deterministic", "--max-examples", String(MAX_EXAMPLES)],
    ...["--report", "json", "--report-json-path", "report.json"],
  ];
}
