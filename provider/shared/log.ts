import { AsyncLocalStorage } from "node:async_hooks";

/** How a message is shown. An error would fail the operation, so it is thrown instead. */
export type Severity = "info" | "warning";

/** Sends one message of one or more lines. */
export type SendMessage = (severity: Severity, lines: readonly string[]) => Promise<void>;

interface Message {
  readonly severity: Severity;
  readonly text: string;
}

/** What the current operation has logged. */
const collecting = new AsyncLocalStorage<Message[]>();
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
export async function withMessages<T>(operation: () => Promise<T>): Promise<T> {
  const messages: Message[] = [];
  try {
    return await collecting.run(messages, operation);
  } finally {
    for (const severity of ["info", "warning"] as const) {
      const texts = messages.flatMap((message) => (message.severity === severity ? [message.text] : []));
      if (texts.length > 0) enqueue(severity, texts);
    }
    await sending;
  }
}

/** Logs a message immediately, during a long wait. It is sent before the operation ends. */
export function logNow(text: string): void {
  enqueue("info", [text]);
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
  const messages = collecting.getStore();
  if (messages) messages.push({ severity, text });
  else enqueue(severity, [text]);
}

function enqueue(severity: Severity, texts: readonly string[]): void {
  sending = sending.then(() => send(severity, texts));
}

/** Prints a message, line by line. */
export async function printMessage(severity: Severity, lines: readonly string[]): Promise<void> {
  for (const line of lines) console.log(printed(severity, line));
}

/** Prints a message to standard error, line by line. */
export async function printError(severity: Severity, lines: readonly string[]): Promise<void> {
  for (const line of lines) console.error(printed(severity, line));
}

function printed(severity: Severity, line: string): string {
  return severity === "warning" ? `warning: ${line}` : line;
}
