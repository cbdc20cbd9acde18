import { AsyncLocalStorage } from "node:async_hooks";

/** How a message is shown. An error would fail the operation, so it is thrown instead. */
export type Severity = "info" | "warning";

/** Sends one message of one or more lines. A status is shown until the next message, and not kept. */
export type SendMessage = (severity: Severity | "status", lines: readonly string[]) => Promise<void>;

interface Message {
  readonly severity: Severity;
  readonly text: string;
}

/** An operation of a resource, as far as it has logged something. */
interface LoggedOperation {
  readonly messages: Message[];
  hasStatus: boolean;
}

const operation = new AsyncLocalStorage<LoggedOperation>();
const logged = new Set<string>();
/** Resolves when every message so far is sent: one after the other, in their order. */
let sending = Promise.resolve();
let send: SendMessage = printMessage;

/** Forgets what was logged, for another run of the engine in the same process. */
export function forgetMessages(): void {
  logged.clear();
}

/** Sets where messages go. They are printed until this is called. */
export function sendMessagesWith(sender: SendMessage): void {
  send = sender;
}

/**
 * Runs an operation of a resource. What it logs is sent at its end, as one message for each severity, even if it fails.
 */
export async function withMessages<T>(run: () => Promise<T>): Promise<T> {
  const messages: Message[] = [];
  const current: LoggedOperation = { messages, hasStatus: false };
  try {
    return await operation.run(current, run);
  } finally {
    if (current.hasStatus) enqueue("status", [""]);
    for (const severity of ["info", "warning"] as const) {
      const texts = messages.flatMap((message) => (message.severity === severity ? [message.text] : []));
      if (texts.length > 0) enqueue(severity, texts);
    }
    await sending;
  }
}

/** Shows what an operation is doing now, such as a long wait. */
export function showStatus(text: string): void {
  const shown = operation.getStore();
  if (shown) shown.hasStatus = true;
  enqueue("status", [text]);
}

/** Logs a message unless this process has logged it before: check, diff and the update all describe one change. */
export function logOnce(text: string): void {
  once("info", text);
}

/** Logs a warning unless this process has logged it before. */
export function warnOnce(text: string): void {
  once("warning", text);
}

function once(severity: Severity, text: string): void {
  const key = `${severity}: ${text}`;
  if (logged.has(key)) return;
  logged.add(key);
  const messages = operation.getStore()?.messages;
  if (messages) messages.push({ severity, text });
  else enqueue(severity, [text]);
}

function enqueue(severity: Severity | "status", texts: readonly string[]): void {
  sending = sending.then(() => send(severity, texts));
}

/** Prints a message, line by line. */
export async function printMessage(severity: Severity | "status", lines: readonly string[]): Promise<void> {
  for (const line of lines) if (line !== "") console.log(printed(severity, line));
}

/** Prints a message to standard error, line by line. */
export async function printError(severity: Severity | "status", lines: readonly string[]): Promise<void> {
  for (const line of lines) if (line !== "") console.error(printed(severity, line));
}

function printed(severity: Severity | "status", line: string): string {
  return severity === "warning" ? `warning: ${line}` : line;
}
