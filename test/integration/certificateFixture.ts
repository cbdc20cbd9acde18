import { countCalls, type Emulator, type EmulatorOptions, startEmulator } from "../emulator/index";
import { type Authority, issueAnchor } from "../emulator/certificates/issue";
import { certificateProvider } from "../../provider/dynamic/certificateProvider";
import type { Properties, Provider } from "../../provider/dynamic/protocol";

export let emulator: Emulator;
export let minted: Authority;
/** A provider as a process of its own has it: it has met no resource yet. */
export let provider: Provider;
let log: jest.SpyInstance<void, unknown[]>;
export let settings: Map<string, string>;

beforeAll(async () => {
  minted = await issueAnchor({ name: "gateway" });
});

beforeEach(async () => {
  log = jest.spyOn(console, "log").mockReturnValue();
  // Each wait of the backoff is as short as can be.
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
  jest.restoreAllMocks();
  await emulator.close();
});

/** Goes on with another emulator, which is empty. */
export async function restartEmulator(options: EmulatorOptions): Promise<void> {
  await emulator.close();
  emulator = await startEmulator(options);
  settings.set("openai-certificates:baseUrl", emulator.url);
}

export async function newProcess(): Promise<Provider> {
  const fresh = certificateProvider();
  const config = {
    get: (key: string) => settings.get(key),
    require: (key: string) => settings.get(key) ?? "",
  };
  await fresh.configure({ config });
  return fresh;
}

/** Goes on in another process. */
export async function restart(): Promise<void> {
  provider = await newProcess();
}

export const endpoints = () => emulator.log.map(({ endpoint }) => endpoint);
/** The messages that were printed. */
export const printed = () => log.mock.calls.map(([text]) => String(text));
export const calls = () => countCalls(emulator.log);
export const create = (name = "gateway", by = provider) => created(by, { certificate: minted.pem, name });

export interface Created {
  readonly id: string;
  readonly outs: Properties;
}

export async function created(by: Provider, inputs: Properties): Promise<Created> {
  const result = await by.create(inputs);
  return { id: result.id, outs: result.outs as Properties };
}

/** A resource that an earlier process has created, with its calls forgotten. */
export async function existing(): Promise<Created> {
  const resource = await create();
  await restart();
  emulator.clearLog();
  return resource;
}
