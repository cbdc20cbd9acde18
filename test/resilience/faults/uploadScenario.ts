import { dynamicProvider } from "../../../provider/dynamic/dynamicProvider";
import { certificateResource } from "../../../provider/resource/certificateResource";
import { issueCa } from "../../emulator/certificates/issue";
import { countCalls, startEmulator } from "../../emulator/index";
import type { Emulator, Endpoint } from "../../emulator/index";
import type { SecretScanner } from "../../support/secretScanner";
import { configure, readSettings } from "./fixture";
import type { Credentials } from "./fixture";
import { Injector } from "./injector";
import type { Injection } from "./injector";
import { StackedProvider } from "./stackedProvider";
import type { OperationResult } from "./stackedProvider";

/** An operation on one uploaded certificate. */
export interface UploadOperation {
  readonly name: string;
  readonly calls: readonly Endpoint[];
  /** The certificate's name before it; undefined when nothing is uploaded yet. */
  readonly before?: string;
  /** The certificate's name after it; undefined when the certificate is deleted. */
  readonly after?: string;
  /** Whether the list that follows a lost response also fails. */
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
const UNMANAGED_ID = "cert_unmanaged";

let connections = 0;

/**
 * Runs an operation with a fault, then the next attempt, in another process, without it.
 * @param printed the lines that all scenarios have printed so far.
 * @returns the expectations that were not met: no upload is lost unreported, none is made twice, and the certificates of
 * other stacks are not changed.
 */
export async function runUploadScenario(
  scenario: UploadScenario,
  credentials: Credentials,
  scanner: SecretScanner,
  printed: readonly string[],
): Promise<readonly string[]> {
  const { operation, lasting } = scenario;
  const injector = new Injector({ ...scenario, calls: operation.calls });
  const emulator: Emulator = await startEmulator({
    adminKey: credentials.adminKey,
    onCall: () => {
      injector.onCall(emulator);
    },
  });
  connections += 1;
  const connection = `upload${connections}`;
  const certificate = (await issueCa({ name: "gateway" })).pem;
  const set = (values: Readonly<Record<string, string>>) => {
    configure(connection, values);
  };
  const inputs = (name: string | undefined) => ({ certificate, name: name ?? "gateway", connection });
  const attempt = (resource: StackedProvider): Promise<OperationResult> => {
    if (operation.after === undefined) return resource.destroy();
    return operation.name.startsWith("refresh") ? resource.refresh() : resource.up(inputs(operation.after));
  };
  const ownIds = () => emulator.certificates.map(({ id }) => id).filter((id) => id !== UNMANAGED_ID);
  try {
    // Equal to the uploaded certificate, but managed by another stack.
    emulator.seed([{ id: UNMANAGED_ID, name: "gateway", pem: certificate, createdAt: 1_700_000_000 }]);
    set({ adminKey: credentials.adminKey, baseUrl: emulator.url });
    const uploader = await newProcess();
    if (operation.before !== undefined) await uploader.up(inputs(operation.before));
    const resource = await newProcess(uploader.state);

    set({ retryTimeoutSeconds: lasting ? "0" : "600", timeoutSeconds: scenario.faultCase.timeoutSeconds });
    await injector.begin(emulator);
    if (operation.listFailsAfter) {
      const times = lasting ? Infinity : 1;
      emulator.faults.add({ endpoint: "list", call: 2, times, kind: "status", status: 503 });
    }
    const result = await attempt(resource);
    await injector.end(emulator);
    scanner.scan(`the error of ${operation.name}`, result.error);
    scanner.scan(`the state after ${operation.name}`, resource.state);
    const left = ownIds().filter((id) => id !== resource.state?.id);
    const endpoint = operation.calls[scenario.position] ?? "list";
    const wrong = [
      ...(result.error !== undefined && scenario.faultCase.isSurvived(endpoint, true, false)
        ? [failureMessage(result)]
        : []),
      ...(ownIds().length > 1 ? ["it was uploaded twice"] : []),
      ...(result.stored && resource.state && ownIds().length !== 1
        ? ["the state holds a certificate that does not exist"]
        : []),
      ...(left.length > 0 && !failureMessage(result).includes("may be left")
        ? ["the error does not mention the certificate that may be left"]
        : []),
    ];

    set({ retryTimeoutSeconds: "0", timeoutSeconds: "60" });
    emulator.clearLog();
    const next = await newProcess(resource.state);
    const again = await attempt(next);
    if (again.error !== undefined) wrong.push(`the next attempt failed: ${failureMessage(again)}`);
    const { upload = 0 } = countCalls(emulator.log);
    if (upload > (resource.state || operation.after === undefined ? 0 : 1))
      wrong.push("it was uploaded again");
    const lines = printed.filter((line) => line.startsWith(`warning: ${connection}: `));
    for (const id of left) {
      if (!lines.some((line) => line.includes(id)))
        wrong.push("the next attempt does not report the certificate that is left");
      if (!ownIds().includes(id)) wrong.push("the certificate that is left was deleted");
      if (next.state?.id === id) wrong.push("the certificate that is left was adopted");
    }
    const managed = emulator.certificates.filter(({ id }) => id !== UNMANAGED_ID && !left.includes(id));
    const expectedNames = operation.after === undefined ? [] : [operation.after];
    const names = managed.map(({ name }) => name);
    if (names.join() !== expectedNames.join())
      wrong.push(`the uploaded certificates are ${names.join() || "none"}`);
    if (next.state?.id !== managed[0]?.id) wrong.push("the state names another certificate");
    if (emulator.certificates.every(({ id }) => id !== UNMANAGED_ID))
      wrong.push("the certificate of another stack was deleted");
    return wrong;
  } finally {
    await emulator.close();
  }
}

/** The resource in another provider process: with its state, and without cached lists. */
async function newProcess(state?: StackedProvider["state"]): Promise<StackedProvider> {
  const provider = dynamicProvider(certificateResource());
  await provider.configure(readSettings);
  const resource = new StackedProvider(provider);
  resource.state = state;
  return resource;
}

function failureMessage({ error }: OperationResult): string {
  if (error === undefined) return "";
  return error instanceof Error ? error.message : "not an Error";
}
