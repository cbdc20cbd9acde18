const logged = new Set<string>();

/** Logs a message at `pulumi preview` or `up`: the engine shows what the provider prints. */
export function log(text: string): void {
  console.log(text);
}

/** Logs a message unless this process has logged it before: check, diff and the update all describe one change. */
export function logOnce(text: string): void {
  if (logged.has(text)) return;
  logged.add(text);
  log(text);
}

/** Logs a warning unless this process has logged it before. */
export function warnOnce(text: string): void {
  logOnce(`warning: ${text}`);
}
