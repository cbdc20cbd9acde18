import { inspect } from "node:util";
import { isFoundByPublicScanner } from "./publicScanner";

/** The number of characters at the end of a secret that are searched for: what white space may have left of it. */
const TAIL_CHARACTERS = 16;

/** How URLs and web pages write a hyphen, which every key has. */
const HYPHENS = ["%2D", "%252D", "&#45;", "&#x2D;"];

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
      ...HYPHENS.map((hyphen) => secret.replaceAll("-", hyphen)),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
      ...(secret.startsWith("sk-") ? [secret.slice(-TAIL_CHARACTERS)] : []),
      // The body of a PEM text, wherever its lines are broken.
      ...secret.split("\n").filter((line) => line.length > 40),
    ]);
  }

  /** Searches a value and everything reachable from it. @param where the name of a finding. */
  scan(where: string, value: unknown): void {
    const text = typeof value === "string" ? value : inspect(value, INSPECT_OPTIONS);
    this.bytes += Buffer.byteLength(text);
    if (this.patterns.some((pattern) => text.includes(pattern))) this.found.push(where);
    else if (isFoundByPublicScanner(text)) this.found.push(`${where}, as a public scanner says`);
  }
}

const INSPECT_OPTIONS = {
  depth: Infinity,
  showHidden: true,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
};
