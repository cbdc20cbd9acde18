import { startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";
import type { ResourceState } from "../engine/engineOutput";
import { findEngine } from "../engine/findEngine";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import type { Stack, StackOptions } from "../engine/stack";
import { canaryKey } from "../support/canary";
import { ids } from "../support/ids";

/** A program that declares one resource, with its ids and options from the stack's configuration. */
export const PROGRAM = {
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
const mtls = new OrgCertificateActivation(
  "mtls",
  {
    certificateIds: config.requireObject<string[]>("ids"),
    exclusive: config.getBoolean("exclusive") ?? false,
    enforcementChange: config.get("enforcementChange") === "refuse" ? "refuse" : "warn",
  },
  config.getObject<pulumi.CustomResourceOptions>("options") ?? {},
);

export const certificateIds = mtls.certificateIds;
export const certificates = mtls.certificates;
export const enforced = mtls.enforced;
export const unmanagedActiveCertificateIds = mtls.unmanagedActiveCertificateIds;
export const earliestExpiresAt = mtls.earliestExpiresAt;
`,
};

export interface Fixture {
  readonly emulator: Emulator;
  readonly stack: Stack;
  /** The folder of everything that engines and stacks of this fixture have written. */
  readonly folder: string;
  /** Creates another stack, with its own backend, that uses the same emulator. */
  anotherStack(options?: Partial<StackOptions>): Promise<Stack>;
  /** Sets the ids that the program declares. */
  setIds(ids: readonly string[], config?: Readonly<Record<string, string>>): Promise<void>;
  dispose(): Promise<void>;
}

/** A sandbox, an emulator with the certificates `cert_01` to `cert_60`, and a stack of {@link PROGRAM} that uses it. */
export async function createFixture(
  options: Partial<StackOptions> = {},
  emulatorOptions: EmulatorOptions = {},
): Promise<Fixture> {
  const sandbox: Sandbox = await createSandbox({ engine: await findEngine() });
  const emulator = await startEmulator({ adminKey: canaryKey("e2e fixture"), ...emulatorOptions });
  emulator.seed(ids(1, 60).map((id) => ({ id, name: `name of ${id}`, ...VALID })));
  const newStack = ({ env, ...more }: Partial<StackOptions>) =>
    sandbox.stack({
      program: PROGRAM,
      keySource: "key server",
      ...more,
      env: {
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        OPENAI_RETRY_TIMEOUT_SECONDS: "0",
        ...env,
      },
    });
  const stack = await newStack(options);
  return {
    emulator,
    stack,
    folder: sandbox.folder,
    anotherStack: (more = {}) => newStack(more),
    setIds: (declared, config = {}) => stack.setConfig({ ids: JSON.stringify(declared), ...config }),
    async dispose() {
      await sandbox.dispose();
      await emulator.close();
    },
  };
}

/** Dates that do not depend on the day a test runs, as long as that is before 2100. */
export const VALID = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };

/** The activation in a stack's state, or undefined. */
export async function activationIn(stack: Stack): Promise<ResourceState | undefined> {
  const { deployment } = await stack.state();
  return deployment.resources?.find(({ type }) => type.endsWith(":OrgCertificateActivation"));
}
