import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { issueCa } from "../../test/emulator/certificates/issue";
import type { countCalls, Emulator } from "../../test/emulator/index";
import type { CommandResult, Stack } from "../../test/engine/stack";
import { ids } from "../../test/support/ids";
import { projectName } from "./programFiles";

/** A stack, and the API that it manages. */
export interface StackWithApi {
  readonly stack: Stack;
  readonly emulator: Emulator;
}

/** The stack of a program in some language. */
export interface LanguageStack extends StackWithApi {
  /** Replaces the program by one that only calls a function. */
  readonly replaceByLookup: () => Promise<void>;
  /** Replaces the program by one of those of a page: docs/languages.md unless given. @param index its position among those of the language. */
  readonly replaceByDocumented: (index: number, page?: string) => Promise<void>;
}

export type Calls = ReturnType<typeof countCalls>;

/** A command of the lifecycle of a stack, and what it must do in every language. */
export interface Step<L extends StackWithApi = LanguageStack> {
  readonly name: string;
  /** What happens before the command. */
  readonly before?: (target: L) => Promise<void> | void;
  readonly command: (stack: Stack, target: L) => Promise<CommandResult>;
  /** Whether the command must fail. */
  readonly fails?: boolean;
  /** The API calls that the command must make, where they do not depend on how fast it runs. */
  readonly calls?: Calls;
  /** The ids that a diff must show as changed, each once. */
  readonly shows?: readonly string[];
  /** The certificates that must be active afterwards. */
  readonly active: readonly string[] | ((emulator: Emulator) => readonly string[]);
  /** Outputs that the stack must have afterwards. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const FIRST = ["cert_01", "cert_03", "cert_04", "cert_05"];
const CHANGED = ["cert_02", "cert_03", "cert_05", "cert_06"];
const MANY = ids(1, 23);
/** What is active after the first of two calls: those of before, and the first ten of the others. */
const HALF = ids(1, 14);

const noChange = (stack: Stack) => stack.up("--expect-no-changes");

/** The lifecycle of a stack with one activation, and a function at the end. */
export const STEPS: readonly Step[] = [
  {
    name: "preview",
    before: ({ stack }) => {
      setIds(stack, FIRST);
    },
    command: (stack) => stack.previewDiff(),
    calls: { list: 1 },
    active: [],
  },
  {
    name: "create",
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1 },
    active: FIRST,
    // A time that does not fit into 32 bits.
    outputs: { enforced: true, unmanagedActiveCertificateIds: [], earliestExpiresAt: 4_102_444_800 },
  },
  { name: "no change", command: noChange, calls: {}, active: FIRST },
  {
    name: "preview of a change",
    before: ({ stack }) => {
      setIds(stack, CHANGED);
    },
    command: (stack) => stack.previewDiff(),
    calls: { list: 1 },
    shows: ["cert_01", "cert_02", "cert_04", "cert_06"],
    active: FIRST,
  },
  {
    name: "update",
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1, deactivate: 1 },
    active: CHANGED,
  },
  {
    name: "partial failure",
    before: ({ stack, emulator }) => {
      emulator.faults.add({
        endpoint: "activate",
        call: 2,
        times: Infinity,
        kind: "status",
        status: 500,
      });
      setIds(stack, MANY);
    },
    command: (stack) => stack.up(),
    fails: true,
    // The second list verifies what the failed call did.
    calls: { list: 2, activate: 2 },
    active: HALF,
  },
  {
    name: "repair",
    before: ({ emulator }) => {
      emulator.faults.clear();
    },
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1 },
    active: MANY,
  },
  {
    name: "refresh after drift",
    before: ({ emulator }) => {
      emulator.setActive("cert_07", false);
    },
    command: (stack) => stack.refresh(),
    calls: { list: 1 },
    active: MANY.filter((id) => id !== "cert_07"),
  },
  {
    name: "preview of the drift",
    command: (stack) => stack.previewDiff(),
    calls: { list: 1 },
    shows: ["cert_07"],
    active: MANY.filter((id) => id !== "cert_07"),
  },
  {
    name: "repair of the drift",
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1 },
    active: MANY,
  },
  {
    name: "destroy",
    command: (stack) => stack.destroy(),
    calls: { list: 1, deactivate: 3 },
    active: [],
  },
  {
    name: "import",
    before: ({ stack, emulator }) => {
      setIds(stack, FIRST);
      for (const id of FIRST) emulator.setActive(id, true);
    },
    command: (stack) =>
      stack.run([
        "import",
        "openai-certificates:index:OrgCertificateActivation",
        "mtls",
        "organization",
        "--yes",
        "--skip-preview",
        "--protect=false",
        "--generate-code=false",
      ]),
    calls: { list: 1 },
    active: FIRST,
  },
  { name: "no change after it", command: noChange, calls: {}, active: FIRST },
  {
    name: "destroy again",
    command: (stack) => stack.destroy(),
    calls: { list: 1, deactivate: 1 },
    active: [],
  },
  {
    name: "function",
    before: async ({ emulator, replaceByLookup }) => {
      emulator.setActive("cert_40", true);
      await replaceByLookup();
    },
    command: (stack) => stack.up(),
    calls: { list: 1 },
    active: ["cert_40"],
    outputs: { activeNames: ["name of cert_40"] },
  },
];

/** The examples of docs/examples.md in their order, and what is active in the organization after each. */
const EXAMPLES: readonly (Pick<Step, "outputs"> & {
  readonly name: string;
  readonly active: readonly string[];
})[] = [
  { name: "OrgCertificateActivation", active: ["cert_abc", "cert_def"] },
  // Of a project only.
  { name: "ProjectCertificateActivation", active: [] },
  { name: "Certificate", active: [] },
  { name: "Provider", active: ["cert_abc"] },
  { name: "getCertificate", active: ["cert_gateway2027"] },
  // Before the engine has deleted the activation of the example before it.
  { name: "getCertificates", active: [] },
];

/** The programs of docs/languages.md and docs/examples.md, each in place of the one before. */
export const DOCUMENTED_STEPS: readonly Step[] = [
  {
    name: "documented set",
    before: async ({ emulator, replaceByDocumented }) => {
      emulator.setActive("cert_40", false);
      await replaceByDocumented(0);
    },
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1 },
    active: ["cert_abc", "cert_def"],
  },
  {
    name: "documented upload",
    before: async ({ stack, replaceByDocumented }) => {
      const { pem } = await issueCa({ name: "gateway" });
      writeFileSync(join(stack.folder, "gateway-2026.pem"), pem);
      await replaceByDocumented(1);
    },
    command: (stack) => stack.up(),
    active: ({ certificates }) =>
      certificates.flatMap(({ id, name }) => (name === "gateway-2026" ? [id] : [])),
  },
  {
    name: "documented provider",
    before: async ({ stack, emulator, replaceByDocumented }) => {
      await stack.setConfig({}, { acmeAdminKey: emulator.adminKey });
      await replaceByDocumented(2);
    },
    command: (stack) => stack.up(),
    active: ["cert_abc"],
  },
  {
    name: "documented function",
    before: async ({ emulator, replaceByDocumented }) => {
      emulator.seed([{ id: "cert_gateway2027", name: "Gateway 2027" }]);
      await replaceByDocumented(3);
    },
    command: (stack) => stack.up(),
    active: ["cert_gateway2027"],
  },
  ...EXAMPLES.map(({ name, active, outputs }, index) => ({
    name: `example of ${name}`,
    before: ({ replaceByDocumented }: LanguageStack) => replaceByDocumented(index, "docs/examples.md"),
    command: (stack: Stack) => stack.up(),
    active,
    ...(outputs && { outputs }),
  })),
  {
    name: "destroy of them",
    command: (stack) => stack.destroy(),
    active: [],
  },
];

/** Writes the ids into the stack's configuration, as a list that every language reads. */
function setIds(stack: Stack, certificateIds: readonly string[]): void {
  const file = join(stack.folder, `Pulumi.${stack.name}.yaml`);
  const settings = parse(readFileSync(file, "utf8")) as { readonly config?: object };
  const config = { ...settings.config, [`${projectName(stack.folder)}:certificateIds`]: certificateIds };
  writeFileSync(file, stringify({ ...settings, config }));
}
