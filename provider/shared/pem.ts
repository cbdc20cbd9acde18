import { decodeText } from "./decodeText";

/** One block of a PEM text. */
export interface PemBlock {
  /** What it contains, such as `CERTIFICATE` or `ENCRYPTED PRIVATE KEY`. */
  readonly label: string;
  /** The block alone, in the form that every reader accepts. */
  readonly pem: string;
  readonly der: Buffer;
  /** Whether the content is encrypted as in a traditional key, which names its cipher in headers. */
  readonly hasCipherHeaders: boolean;
}

/** The blocks of a text in their order, or why they cannot be read, as the end of a sentence that begins with the text. */
export type ParsedPem = { readonly blocks: readonly PemBlock[] } | { readonly problem: string };

const MARK = /-----(?:BEGIN|END) /;
const BEGIN_OR_END = /-----(BEGIN|END) ([A-Z0-9 ]+)-----/g;

/** Line breaks as JSON, a shell or an environment file writes them: a backslash and a letter. */
const WRITTEN_BREAK = /\\+[nrt]/g;

/** Source: RFC 7468, section 3: lines of 64 characters. */
const LINE = /.{1,64}/g;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The headers of a traditional encrypted key. Source: RFC 1421, sections 4.6.1.1 and 4.6.1.3. */
const CIPHER_HEADERS = /^\s*Proc-Type:\s*4,\s*ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+),\s*([0-9A-Fa-f]+)\s+/;

/**
 * Reads PEM in the forms that secret stores, environment files and concatenated files have: on one line, with written
 * line breaks (`\n`), indented, quoted, with text around the blocks, without a line break between them, and as the
 * base64 of such a text. Whoever uses the blocks uses what was read here, and never the text again. Takes time
 * proportional to the text's length.
 */
export function readPem(text: string): ParsedPem {
  return readBlocks((decodeBase64Pem(text) ?? text).replaceAll(WRITTEN_BREAK, "\n"));
}

/** Whether a text has a line that begins or ends a block, even if the other one is lost. */
export function hasPemMark(text: string): boolean {
  return MARK.test(text);
}

/** The text of a PEM block. */
export function formatPem(label: string, der: Uint8Array, headers = ""): string {
  const lines = Buffer.from(der).toString("base64").match(LINE) ?? [];
  return `${[`-----BEGIN ${label}-----${headers}`, ...lines, `-----END ${label}-----`].join("\n")}\n`;
}

/** The PEM text of which a text is the base64; undefined when it is none. */
export function decodeBase64Pem(text: string): string | undefined {
  const bytes = decodeBase64(text);
  const decoded = bytes && decodeText(bytes);
  return decoded !== undefined && hasPemMark(decoded) ? decoded : undefined;
}

/** The bytes of a base64 text, whatever white space and quotes it has; undefined when it is something else. */
export function decodeBase64(text: string): Buffer | undefined {
  const digits = text.replaceAll(WRITTEN_BREAK, "").replaceAll(/[\s"']+/g, "");
  return digits.length % 4 === 0 && BASE64.test(digits) ? Buffer.from(digits, "base64") : undefined;
}

function readBlocks(text: string): ParsedPem {
  const blocks: PemBlock[] = [];
  let begun: { readonly label: string; readonly end: number } | undefined;
  for (const { 0: mark, 1: kind, 2: label = "", index } of text.matchAll(BEGIN_OR_END)) {
    if (kind === "BEGIN") {
      if (begun) return { problem: incomplete(begun.label, "END") };
      begun = { label, end: index + mark.length };
    } else if (begun?.label === label) {
      const block = readBlock(label, text.slice(begun.end, index));
      if (!block) return { problem: damaged(label) };
      blocks.push(block);
      begun = undefined;
    } else {
      return { problem: begun ? incomplete(begun.label, "END") : incomplete(label, "BEGIN") };
    }
  }
  return begun ? { problem: incomplete(begun.label, "END") } : { blocks };
}

function readBlock(label: string, content: string): PemBlock | undefined {
  const [headers, cipher, parameters] = CIPHER_HEADERS.exec(content) ?? [];
  const der = decodeBase64(content.slice(headers?.length ?? 0));
  if (!der) return undefined;
  const pem =
    cipher === undefined
      ? formatPem(label, der)
      : formatPem(label, der, `\nProc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${String(parameters)}\n`);
  return { label, pem, der, hasCipherHeaders: cipher !== undefined };
}

function incomplete(label: string, missing: "BEGIN" | "END"): string {
  return `has a block without its line -----${missing} ${label}-----: it was cut`;
}

function damaged(label: string): string {
  return `has a block ${label} whose content is not base64: it was cut or changed`;
}
