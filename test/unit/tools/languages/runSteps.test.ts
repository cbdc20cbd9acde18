import { runSteps } from "../../../../tools/languages/runSteps";
import type { StackWithApi, Step } from "../../../../tools/languages/steps";
import { startEmulator } from "../../../emulator/index";
import type { Emulator } from "../../../emulator/index";
import type { CommandResult, Stack } from "../../../engine/stack";

const OK: CommandResult = {
  exitCode: 0,
  signal: undefined,
  timedOut: false,
  stdout: "",
  stderr: "",
  output: "",
  seconds: 1,
};

const DIFF = `
  ~ certificateIds: [
      ~ [0]: "cert_01" => "cert_02"
        [1]: "cert_03"
      - [2]: "cert_04"
    ]
Diagnostics:
    + cert_09 "a name"
`;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const problemsOf = async (...steps: readonly Partial<Step<StackWithApi>>[]) => {
  const target: StackWithApi = {
    stack: { outputs: () => Promise.resolve({ enforced: true }) } as Partial<Stack> as Stack,
    emulator,
  };
  const command = () => Promise.resolve(OK);
  const results = await runSteps(
    steps.map((step) => ({ name: "step", command, active: [], ...step })),
    target,
  );
  return results.map(({ problems }) => problems);
};

test("a step that does what it must has no problem", async () => {
  const fails = { fails: true, command: () => Promise.resolve({ ...OK, exitCode: 255 }) };
  expect(await problemsOf({ calls: {}, outputs: { enforced: true } }, fails)).toEqual([[], []]);
});

test("other calls, active certificates and outputs are problems", async () => {
  const step = { calls: { list: 1 }, active: ["cert_01"], outputs: { enforced: false } };
  expect(await problemsOf(step)).toEqual([
    [
      'active certificates: [] instead of ["cert_01"]',
      'API calls: {} instead of {"list":1}',
      "output enforced: true instead of false",
    ],
  ]);
});

test("the ids of changed elements must be those that the step names, each once", async () => {
  const command = () => Promise.resolve({ ...OK, output: DIFF });
  expect(await problemsOf({ command, shows: ["cert_01", "cert_02", "cert_04"] })).toEqual([[]]);
  expect(await problemsOf({ command, shows: ["cert_01", "cert_02"] })).toEqual([
    ['ids in the diff: ["cert_01","cert_02","cert_04"] instead of ["cert_01","cert_02"]'],
  ]);
});

test("a command that fails, or does not fail when it must, ends the run with its output", async () => {
  const failed = { command: () => Promise.resolve({ ...OK, exitCode: 255, output: "error: no" }) };
  expect(await problemsOf(failed, {})).toEqual([["pulumi ended unexpectedly:\nerror: no"]]);
  expect(await problemsOf({ fails: true }, {})).toEqual([["pulumi ended unexpectedly:\n"]]);
});
