import { dynamicProvider } from "../../provider/dynamic/dynamicProvider";
import type { Properties, Provider } from "../../provider/dynamic/protocol";
import { certificateResource } from "../../provider/resource/certificateResource";
import { issueCa } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

export let emulator: Emulator;
export let issued: Authority;
/** A provider as in a new process, without any resource yet. */
export let provider: Provider;
let log: CapturedLog;
export let settings: Map<string, string>;

beforeAll(async () => {
  issued = await issueCa({ name: "gateway" });
});

beforeEach(async () => {
  log = captureLog();
  // Makes each wait of the backoff as short as possible.
  jest.spyOn(Math, "random").mockReturnValue(0);
  emulator = await startEmulator();
  settings = new Map([
    ["openai-certificates:baseUrl", emulator.url],
    ["openai-certificates:adminKey", emulator.adminKey],
    ["openai-certificates:timeoutSeconds", "1"],
  ]);
  provider = await newProcess();
});

afterEach(async () => {
  log.restore();
  jest.restoreAllMocks();
  await emulator.close();
});

/** Replaces the emulator with an empty one. */
export async function restartEmulator(options: EmulatorOptions): Promise<void> {
  await emulator.close();
  emulator = await startEmulator(options);
  settings.set("openai-certificates:baseUrl", emulator.url);
}

export async function newProcess(): Promise<Provider> {
  const fresh = dynamicProvider(certificateResource());
  const config = {
    get: (key: string) => settings.get(key),
    require: (key: string) => settings.get(key) ?? "",
  };
  await fresh.configure({ config });
  return fresh;
}

/** Continues in another provider process. */
export async function restart(): Promise<void> {
  provider = await newProcess();
}

export const endpoints = () => emulator.log.map(({ endpoint }) => endpoint);
/** The messages that were printed. */
export const printed = () => log.lines;
export const calls = () => countCalls(emulator.log);
export const create = (name = "gateway", by = provider) => created(by, { certificate: issued.pem, name });

export interface Created {
  readonly id: string;
  readonly outs: Properties;
}

export async function created(by: Provider, inputs: Properties): Promise<Created> {
  const result = await by.create(inputs);
  return { id: result.id, outs: result.outs as Properties };
}

/** A resource created by an earlier process, whose calls are cleared from the log. */
export async function existing(): Promise<Created> {
  const resource = await create();
  await restart();
  emulator.clearLog();
  return resource;
}
