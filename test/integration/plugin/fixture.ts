import type { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { startServer } from "../../../provider/plugin/server";
import { countCalls, startEmulator } from "../../emulator/index";
import type { Emulator, EmulatorOptions } from "../../emulator/index";
import { startFakeEngine } from "./fakeEngine";
import type { FakeEngine } from "./fakeEngine";
import { PluginClient } from "./pluginClient";

export const urnOf = (type: string) =>
  `urn:pulumi:dev::project::parent:index:Type$openai-certificates:index:${type}::mtls`;
export const ORGANIZATION = urnOf("OrgCertificateActivation");
export const PROJECT = urnOf("ProjectCertificateActivation");
export const CERTIFICATE = urnOf("Certificate");
export const PROVIDER = "urn:pulumi:dev::project::pulumi:providers:openai-certificates::acme";

export const VALID = { createdAt: 1_700_000_000, validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
export const DETAILS = {
  createdAt: 1_700_000_000,
  certificateDetails: { validAt: 1_700_000_000, expiresAt: 4_102_444_800 },
};
export const DEFAULTS = { exclusive: false, enforcementChange: "warn", expiryWarningDays: 30 };

export let engine: FakeEngine;
export let plugin: PluginClient;
export let emulator: Emulator;

/** Starts the server once, and for each test an engine, a client and a run with an emulator of its own. */
export function usePlugin(): void {
  let stopServer: () => void;
  let port: number;
  beforeAll(async () => {
    const started = await startServer();
    ({ port } = started);
    stopServer = () => {
      started.server.forceShutdown();
    };
  });
  afterAll(() => {
    stopServer();
  });
  beforeEach(async () => {
    engine = await startFakeEngine();
    plugin = new PluginClient(port);
    await start();
  });
  afterEach(async () => {
    plugin.close();
    engine.close();
    await emulator.close();
  });
}

/** Begins a run with an emulator of its own. */
export async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ projects: ["proj_a"], ...options });
  emulator.seed(["cert_a", "cert_b", "cert_c"].map((id) => ({ id, name: `name of ${id}`, ...VALID })));
  await nextRun();
}

/** Begins another run, in which no resource is declared yet. */
export async function nextRun(): Promise<void> {
  await plugin.handshake(engine.address);
  await plugin.configure(settings(), "acme");
}

export const settings = () => ({
  adminKey: emulator.adminKey,
  baseUrl: emulator.url,
  timeoutSeconds: 1,
  retryTimeoutSeconds: 0,
});
export const calls = () => {
  const counts = countCalls(emulator.log);
  emulator.clearLog();
  return counts;
};

/** Checks the arguments of a new resource, which have to be valid. */
export async function checked(urn: string, news: Readonly<Record<string, unknown>>) {
  const { inputs, failures } = await plugin.check(urn, {}, news);
  expect(failures).toEqual([]);
  return inputs;
}

export interface RpcFailure {
  readonly metadata: Metadata;
}

/** What the status of a failure says of a resource that was left half made. */
export function initFailed({ metadata }: RpcFailure): ErrorResourceInitFailed | undefined {
  const [encoded] = metadata.get("grpc-status-details-bin");
  if (encoded === undefined) return undefined;
  const [detail] = Status.deserializeBinary(encoded as Buffer).getDetailsList();
  return (
    detail?.unpack(
      (bytes) => ErrorResourceInitFailed.deserializeBinary(bytes),
      "pulumirpc.ErrorResourceInitFailed",
    ) ?? undefined
  );
}
