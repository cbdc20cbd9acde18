import { inspect } from "node:util";

/** Looks for secrets in all that is shown, thrown or stored. */
export class SecretScanner {
  bytes = 0;
  readonly found: string[] = [];
  private readonly needles: readonly string[];

  constructor(secrets: readonly string[]) {
    this.needles = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
      // The body of a PEM text, wherever its lines are broken.
      ...secret.split("\n").filter((line) => line.length > 40),
    ]);
  }

  /** Searches a value with all that hangs on it. @param where what a finding is to be called. */
  scan(where: string, value: unknown): void {
    const text = typeof value === "string" ? value : inspect(value, SEEING_ALL);
    this.bytes += Buffer.byteLength(text);
    if (this.needles.some((needle) => text.includes(needle))) this.found.push(where);
  }
}

const SEEING_ALL = { depth: Infinity, showHidden: true, maxArrayLength: Infinity, maxStringLength: Infinity };
