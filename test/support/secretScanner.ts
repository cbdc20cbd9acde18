import { inspect } from "node:util";

/** Searches everything that is displayed, thrown or stored for secrets. */
export class SecretScanner {
  /** The number of bytes that were searched. */
  bytes = 0;
  /** Where secrets were found. */
  readonly found: string[] = [];
  private readonly patterns: readonly string[];

  constructor(secrets: readonly string[]) {
    this.patterns = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
      // The body of a PEM text, wherever its lines are broken.
      ...secret.split("\n").filter((line) => line.length > 40),
    ]);
  }

  /** Searches a value and everything reachable from it. @param where the name of a finding. */
  scan(where: string, value: unknown): void {
    const text = typeof value === "string" ? value : inspect(value, INSPECT_OPTIONS);
    this.bytes += Buffer.byteLength(text);
    if (this.patterns.some((pattern) => text.includes(pattern))) this.found.push(where);
  }
}

const INSPECT_OPTIONS = {
  depth: Infinity,
  showHidden: true,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
};
