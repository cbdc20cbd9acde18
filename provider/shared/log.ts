import { AsyncLocalStorage } from "node:async_hooks";
import { sendToEngine } from "./engineLog";
import type { Severity } from "./engineLog";

interface Message {
  readonly severity: Severity;
  readonly text: string;
}

/** What the current operation has logged. */
const collecting = new AsyncLocalStorage<Message[]>();
const logged = new Set<string>();
/** Resolves when every message so far is sent: one after the other, in their order. */
let sending = Promise.resolve();

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

/** Sends a message to the engine, or prints it where that is not possible: the engine shows what a provider prints. */
async function send(severity: Severity, texts: readonly string[]): Promise<void> {
  try {
    await sendToEngine(severity, texts.join("\n"));
  } catch {
    for (const text of texts) console.log(severity === "warning" ? `warning: ${text}` : text);
  }
}
