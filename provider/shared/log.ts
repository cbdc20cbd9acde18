const logged = new Set<string>();

/** Tells the person at `pulumi preview` or `up`: what the provider prints, the engine shows as a message. */
export function log(text: string): void {
  console.log(text);
}

/** Tells a text unless this process has told it before: check, diff and the apply all speak of one change. */
export function logOnce(text: string): void {
  if (logged.has(text)) return;
  logged.add(text);
  log(text);
}
