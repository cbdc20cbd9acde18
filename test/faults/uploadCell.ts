import { certificateProvider } from "../../provider/dynamic/certificateProvider";
import { countCalls, type Emulator, type Endpoint, startEmulator } from "../emulator";
import { mintAnchor } from "../emulator/mint";
import { type Canary } from "./canary";
import { type Ended, StackedProvider } from "./stackedProvider";
import { configure, readSettings, type Cast } from "./stage";
import { type Strike, Striking } from "./striking";

/** An operation on one uploaded certificate. */
export interface UploadOperation {
  readonly name: string;
  readonly calls: readonly Endpoint[];
  /** The name before it; undefined when nothing was uploaded yet. */
  readonly before?: string;
  /** The name after it; undefined when it is gone then. */
  readonly after?: string;
}

export const UPLOAD_OPERATIONS: readonly UploadOperation[] = [
  { name: "upload", calls: ["list", "upload"], after: "gateway" },
  { name: "rename", calls: ["rename"], before: "gateway", after: "Gateway" },
  { name: "delete of an upload", calls: ["delete"], before: "gateway" },
  { name: "refresh of an upload", calls: ["list"], before: "gateway", after: "gateway" },
];

export interface UploadCell extends Omit<Strike, "calls"> {
  readonly operation: UploadOperation;
}

let connections = 0;

/** Plays a cell: the operation with its mishap, then the next attempt, in another process, without it. */
export async function playUpload(cell: UploadCell, cast: Cast, canary: Canary): Promise<readonly string[]> {
  const { operation, lasting } = cell;
  const struck = new Striking({ ...cell, calls: operation.calls });
  const emulator: Emulator = await startEmulator({
    adminKey: cast.adminKey,
    onCall: () => {
      struck.sees(emulator);
    },
  });
  connections += 1;
  const connection = `upload${connections}`;
  const certificate = (await mintAnchor({ name: "gateway" })).pem;
  const set = (values: Readonly<Record<string, string>>) => {
    configure(connection, values);
  };
  const inputs = (name: string | undefined) => ({ certificate, name: name ?? "gateway", connection });
  const attempt = (resource: StackedProvider): Promise<Ended> => {
    if (operation.after === undefined) return resource.destroy();
    return operation.name.startsWith("refresh") ? resource.refresh() : resource.up(inputs(operation.after));
  };
  try {
    set({ adminKey: cast.adminKey, baseUrl: emulator.url });
    const uploader = await newProcess();
    if (operation.before !== undefined) await uploader.up(inputs(operation.before));
    const resource = await newProcess(uploader.state);

    set({ retryTimeoutSeconds: lasting ? "0" : "600", timeoutSeconds: "1" });
    await struck.begin(emulator);
    const ended = await attempt(resource);
    await struck.end(emulator);
    canary.look(`what ${operation.name} threw`, ended.error);
    canary.look(`the state after ${operation.name}`, resource.state);
    const copies = emulator.certificates.length;
    const endpoint = operation.calls[cell.position] ?? "list";
    const wrong = [
      ...(ended.error !== undefined && cell.mishap.isSurvived(endpoint, true) ? [told(ended)] : []),
      ...(copies > 1 ? ["there is a twin"] : []),
      ...(ended.stored && resource.state && copies !== 1 ? ["the state holds what is not there"] : []),
    ];

    set({ retryTimeoutSeconds: "0", timeoutSeconds: "2" });
    emulator.clearLog();
    const next = await newProcess(resource.state);
    const again = await attempt(next);
    if (again.error !== undefined) wrong.push(`the next attempt failed: ${told(again)}`);
    const { upload = 0 } = countCalls(emulator.log);
    if (upload > 1 - copies) wrong.push("what was there was uploaded again");
    const names = emulator.certificates.map(({ name }) => name);
    const wanted = operation.after === undefined ? [] : [operation.after];
    if (names.join() !== wanted.join()) wrong.push(`there is ${names.join() || "nothing"} in the end`);
    if (next.state?.id !== emulator.certificates[0]?.id) wrong.push("the state names another certificate");
    return wrong;
  } finally {
    await emulator.close();
  }
}

/** The resource as another process of the engine has it: with its state, and without anything that was seen. */
async function newProcess(state?: StackedProvider["state"]): Promise<StackedProvider> {
  const provider = certificateProvider();
  await provider.configure(readSettings);
  const resource = new StackedProvider(provider);
  resource.state = state;
  return resource;
}

function told({ error }: Ended): string {
  return error instanceof Error ? error.message : "with something that is no error";
}
