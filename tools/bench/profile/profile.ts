import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "../../../test/emulator";
import type { Sandbox } from "../../../test/engine/sandbox";
import { connectTo } from "../benchSandbox";
import { addedPackages } from "../footprint/packages";
import { endingNormally } from "../processes/providerMemory";
import { createStack, declare, runCommand } from "../program";
import type { Section } from "../report/section";
import { median } from "../report/statistics";
import { PROVIDER } from "../subject";
import { OPERATIONS, UPLOADED } from "../wallTime/operations";
import { attribute, KINDS } from "./cpuProfile";
import type { CpuProfile, Kind } from "./cpuProfile";

/** Profiles of one create each: a median of them is stable enough to tell the kinds of work apart. */
const REPETITIONS = 3;

/** Profiles the provider process during a create of 50 ids. */
export async function profile(sandbox: Sandbox): Promise<readonly Section[]> {
  const packages = await addedPackages();
  const own = new Set(packages.map(({ name }) => name));
  const profiles: Readonly<Record<Kind, number>>[] = [];
  for (let repetition = 1; repetition <= REPETITIONS; repetition += 1)
    profiles.push(attribute(await profileOfCreate(sandbox), own));
  const medians = KINDS.map((kind) => ({ kind, milliseconds: median(profiles.map((each) => each[kind])) }));
  const total = medians.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    {
      name: "profile",
      title: "CPU time of the provider process, create of 50 ids",
      rows: [
        ["Work", "CPU time, ms", "Share"],
        ...medians.map(({ kind, milliseconds }) => [
          DESCRIPTIONS[kind],
          milliseconds.toFixed(0),
          `${((100 * milliseconds) / total).toFixed(0)} %`,
        ]),
      ],
      notes: [
        `Medians of ${REPETITIONS} profiles of Node (\`--cpu-prof\`), without Node's compile cache. Waiting for the engine or the`,
        "API is not counted; waiting for a free core is.",
      ],
      checks: [],
    },
  ];
}

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  "load the SDK": "Loading the modules of `@pulumi/pulumi` and its dependencies",
  "load the package": "Loading the modules of this package and its dependencies",
  "run the package": "Running this package and its dependencies: plan, requests, responses",
  "run the SDK": "Running `@pulumi/pulumi`: gRPC with the engine",
  "start Node and collect garbage": "Starting Node, garbage collection, other",
};

async function profileOfCreate(sandbox: Sandbox): Promise<CpuProfile> {
  const emulator = await startEmulator();
  try {
    emulator.seed(UPLOADED.map((id) => ({ id })));
    const stack = await createStack(sandbox, PROVIDER);
    await declare(stack, { ids: OPERATIONS[0]?.declared ?? [] });
    const folder = await mkdtemp(join(sandbox.folder, "profiles-"));
    const env = endingNormally(["--cpu-prof", `--cpu-prof-dir=${folder}`]);
    await runCommand(stack, "up", { ...connectTo(emulator), ...env });
    return await findProviderProfile(folder);
  } finally {
    await emulator.close();
  }
}

/** Every Node process of the command has written a profile. */
async function findProviderProfile(folder: string): Promise<CpuProfile> {
  for (const file of await readdir(folder)) {
    const profile = JSON.parse(await readFile(join(folder, file), "utf8")) as CpuProfile;
    if (profile.nodes.some(({ callFrame }) => callFrame.url.includes("/cmd/dynamic-provider/")))
      return profile;
  }
  throw new Error("The provider process wrote no profile: was it killed?");
}
