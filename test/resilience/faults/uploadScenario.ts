import { certificateProvider } from "../../../provider/dynamic/certificateProvider";
import { countCalls, type Emulator, type Endpoint, startEmulator } from "../../emulator/index";
import { issueAnchor } from "../../emulator/certificates/issue";
import { type SecretScanner } from "./canary";
import { type OperationResult, StackedProvider } from "./stackedProvider";
import { configure, readSettings, type Credentials } from "./fixture";
import { type Injection, Injector } from "./injector";

/** An operation on one uploaded certificate. */
export interface UploadOperation {
  readonly name: string;
  readonly calls: readonly Endpoint[];
  /** The name before it; undefined when nothing was uploaded yet. */
  readonly before?: string;
  /** The name after it; undefined when it is gone then. */
  readonly after?: string;
  /** Whether the list that follows a lost response fails, too. */
  readonly listFailsAfter?: true;
}

export const UPLOAD_OPERATIONS: readonly UploadOperation[] = [
  { name: "upload", calls: ["list", "upload"], after: "gateway" },
  {
    name: "upload without a list after it",
    calls: ["list", "upload"],
    after: "gateway",
    listFailsAfter: true,
  },
  { name: "rename", calls: ["rename"], before: "gateway", after: "Gateway" },
  { name: "delete of an upload", calls: ["delete"], before: "gateway" },
  { name: "refresh of an upload", calls: ["list"], before: "gateway", after: "gateway" },
];

export interface UploadScenario extends Omit<Injection, "calls"> {
  readonly operation: UploadOperation;
}

/** A certificate of another stack. */
const OTHERS_ID = "cert_others";

let connections = 0;

/**
 * Plays a cell: the operation with its mishap, then the next attempt, in another process, without it.
 * @param printed what all cells have printed so far.
 * @returns what is wrong: no upload is lost without a trace, none is made twice, and no certificate of others is touched.
 */
export async function runUploadScenario(
  cell: UploadScenario,
  cast: Credentials,
  canary: SecretScanner,
  printed: readonly string[],
): Promise<readonly string[]> {
  const { operation, lasting } = cell;
  const struck = new Injector({ ...cell, calls: operation.calls });
  const emulator: Emulator = await startEmulator({
    adminKey: cast.adminKey,
    onCall: () => {
      struck.sees(emulator);
    },
  });
  connections += 1;
  const connection = `upload${connections}`;
  const certificate = (await issueAnchor({ name: "gateway" })).pem;
  const set = (values: Readonly<Record<string, string>>) => {
    configure(connection, values);
  };
  const inputs = (name: string | undefined) => ({ certificate, name: name ?? "gateway", connection });
  const attempt = (resource: StackedProvider): Promise<OperationResult> => {
    if (operation.after === undefined) return resource.destroy();
    return operation.name.startsWith("refresh") ? resource.refresh() : resource.up(inputs(operation.after));
  };
  const ownIds = () => emulator.certificates.map(({ id }) => id).filter((id) => id !== OTHERS_ID);
  try {
    // Equal to what is uploaded, and another stack's.
    emulator.seed([{ id: OTHERS_ID, name: "gateway", pem: certificate, createdAt: 1_700_000_000 }]);
    set({ adminKey: cast.adminKey, baseUrl: emulator.url });
    const uploader = await newProcess();
    if (operation.before !== undefined) await uploader.up(inputs(operation.before));
    const resource = await newProcess(uploader.state);

    set({ retryTimeoutSeconds: lasting ? "0" : "600", timeoutSeconds: cell.faultCase.timeoutSeconds });
    await struck.begin(emulator);
    if (operation.listFailsAfter) {
      const times = lasting ? Infinity : 1;
      emulator.faults.add({ endpoint: "list", call: 2, times, kind: "status", status: 503 });
    }
    const ended = await attempt(resource);
    await struck.end(emulator);
    canary.scan(`what ${operation.name} threw`, ended.error);
    canary.scan(`the state after ${operation.name}`, resource.state);
    const left = ownIds().filter((id) => id !== resource.state?.id);
    const endpoint = operation.calls[cell.position] ?? "list";
    const wrong = [
      ...(ended.error !== undefined && cell.faultCase.isSurvived(endpoint, true) ? [told(ended)] : []),
      ...(ownIds().length > 1 ? ["it was uploaded twice"] : []),
      ...(ended.stored && resource.state && ownIds().length !== 1
        ? ["the state holds what is not there"]
        : []),
      ...(left.length > 0 && !told(ended).includes("may be left")
        ? ["the error does not say what is left"]
        : []),
    ];

    set({ retryTimeoutSeconds: "0", timeoutSeconds: "60" });
    emulator.clearLog();
    const next = await newProcess(resource.state);
    const again = await attempt(next);
    if (again.error !== undefined) wrong.push(`the next attempt failed: ${told(again)}`);
    const { upload = 0 } = countCalls(emulator.log);
    if (upload > (resource.state || operation.after === undefined ? 0 : 1))
      wrong.push("it was uploaded again");
    const lines = printed.filter((line) => line.startsWith(`warning: ${connection}: `));
    for (const id of left) {
      if (!lines.some((line) => line.includes(id)))
        wrong.push("the next attempt does not report what is left");
      if (!ownIds().includes(id)) wrong.push("what is left was deleted");
      if (next.state?.id === id) wrong.push("what is left was adopted");
    }
    const managed = emulator.certificates.filter(({ id }) => id !== OTHERS_ID && !left.includes(id));
    const wanted = operation.after === undefined ? [] : [operation.after];
    const names = managed.map(({ name }) => name);
    if (names.join() !== wanted.join()) wrong.push(`there is ${names.join() || "nothing"} in the end`);
    if (next.state?.id !== managed[0]?.id) wrong.push("the state names another certificate");
    if (emulator.certificates.every(({ id }) => id !== OTHERS_ID)) wrong.push("another stack's is gone");
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

function told({ error }: OperationResult): string {
  if (error === undefined) return "";
  return error instanceof Error ? error.message : "with something that is no error";
}
