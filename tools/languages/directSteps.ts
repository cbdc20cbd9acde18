import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { issueCa } from "../../test/emulator/certificates/issue";
import type { CommandResult, Stack } from "../../test/engine/stack";
import { PLUGIN_FOLDER } from "./inSandbox";
import type { StackWithApi, Step } from "./steps";

const PLUGIN = join(PLUGIN_FOLDER, "pulumi-resource-openai-certificates");

/** A step that runs `pulumi do`: it calls the provider directly, with the settings of the environment and no state. */
interface DirectStep extends Omit<Step<StackWithApi>, "command"> {
  readonly resource: string;
  readonly operation: readonly string[] | ((api: StackWithApi) => readonly string[]);
  /** In the language of Pulumi's converters, which needs none. */
  readonly inputs?: string | (() => Promise<string>);
}

const CREATE = ["create", "--yes"];

/** What `pulumi do` can do, for each type. */
const STEPS: readonly DirectStep[] = [
  {
    name: "function",
    resource: "getCertificate",
    operation: ["--name", "name of cert_01"],
    calls: { list: 1 },
    active: [],
  },
  {
    name: "list certificates",
    resource: "Certificate",
    operation: ["list", "--active"],
    calls: { list: 1 },
    active: [],
  },
  {
    name: "list the activation",
    resource: "OrgCertificateActivation",
    operation: ["list"],
    calls: {},
    active: [],
  },
  {
    name: "list projects",
    resource: "ProjectCertificateActivation",
    operation: ["list"],
    inputs: 'projectIds = ["proj_abc"]',
    calls: { list: 1 },
    active: [],
  },
  {
    name: "create an activation",
    resource: "OrgCertificateActivation",
    operation: CREATE,
    inputs: 'certificateIds = ["cert_01"]',
    calls: { list: 1, activate: 1 },
    active: ["cert_01"],
  },
  {
    name: "read it",
    resource: "OrgCertificateActivation",
    operation: ["read", "organization"],
    calls: { list: 1 },
    active: ["cert_01"],
  },
  {
    name: "patch it",
    resource: "OrgCertificateActivation",
    operation: ["patch", "organization", "--yes"],
    inputs: 'certificateIds = ["cert_02"]',
    active: ["cert_02"],
  },
  {
    name: "delete it",
    resource: "OrgCertificateActivation",
    operation: ["delete", "organization", "--yes"],
    calls: { list: 2, deactivate: 1 },
    active: [],
  },
  {
    name: "create one of a project",
    resource: "ProjectCertificateActivation",
    operation: CREATE,
    inputs: 'projectId = "proj_abc"\ncertificateIds = ["cert_01"]',
    active: [],
  },
  {
    name: "read that",
    resource: "ProjectCertificateActivation",
    operation: ["read", "proj_abc"],
    calls: { list: 1 },
    active: [],
  },
  {
    name: "delete that",
    resource: "ProjectCertificateActivation",
    operation: ["delete", "proj_abc", "--yes"],
    active: [],
  },
  {
    name: "upload a certificate",
    resource: "Certificate",
    operation: CREATE,
    inputs: async () => {
      const { pem } = await issueCa({ name: "gateway" });
      return `certificate = ${JSON.stringify(pem)}\nname = "gateway"`;
    },
    calls: { list: 1, upload: 1 },
    active: [],
  },
  {
    name: "rename it",
    resource: "Certificate",
    operation: (api) => ["patch", idOf(api, "gateway"), "--name", "gateway 2027", "--yes"],
    calls: { get: 1, rename: 1 },
    active: [],
  },
  {
    name: "delete the upload",
    resource: "Certificate",
    operation: (api) => ["delete", idOf(api, "gateway 2027"), "--yes"],
    calls: { get: 1, delete: 1 },
    active: [],
  },
];

export const DIRECT_STEPS = STEPS.map(commandOf);

function commandOf({ resource, operation, inputs, ...step }: DirectStep): Step<StackWithApi> {
  return {
    ...step,
    command: async (stack, api) =>
      runDirectly(
        stack,
        resource,
        typeof operation === "function" ? operation(api) : operation,
        typeof inputs === "function" ? await inputs() : inputs,
      ),
  };
}

async function runDirectly(
  stack: Stack,
  resource: string,
  operation: readonly string[],
  inputs: string | undefined,
): Promise<CommandResult> {
  if (inputs !== undefined) writeFileSync(join(stack.folder, "inputs.pp"), inputs);
  const file = inputs === undefined ? [] : ["--input", "pcl", "--input-file", "inputs.pp"];
  const token = `openai-certificates:index:${resource}`;
  return stack.run(["do", "--package", PLUGIN, "--stateless", token, ...operation, ...file]);
}

/** @throws Error when no certificate has the name. */
function idOf({ emulator }: StackWithApi, name: string): string {
  const found = emulator.certificates.find((certificate) => certificate.name === name);
  if (!found) throw new Error(`no certificate has the name ${name}`);
  return found.id;
}
