import fc from "fast-check";

/** What secret stores, files and tools make of a PEM text, which stays the same text to a reader. */
export const PEM_FORMS: Readonly<Record<string, (pem: string) => string>> = {
  "as it was issued": (pem) => pem,
  "without its last line break": (pem) => pem.trimEnd(),
  "with CRLF": (pem) => pem.replaceAll("\n", "\r\n"),
  "after a byte order mark": (pem) => `\ufeff${pem}`,
  "with written line breaks": (pem) => pem.replaceAll("\n", "\\n"),
  "with written line breaks of Windows": (pem) => pem.replaceAll("\n", "\\r\\n"),
  "with line breaks that were written twice": (pem) => pem.replaceAll("\n", "\\\\n"),
  "as JSON": (pem) => JSON.stringify(pem),
  "on one line": (pem) => pem.replaceAll("\n", " "),
  "on one line without spaces": (pem) => pem.replaceAll("\n", ""),
  indented: (pem) => pem.replaceAll(/^(?=.)/gm, "      "),
  "with tabs": (pem) => pem.replaceAll(/^(?=.)/gm, "\t"),
  "in double quotes": (pem) => `"${pem.trim()}"`,
  "in single quotes": (pem) => `'${pem}'`,
  "after what OpenSSL writes above it": (pem) =>
    `Bag Attributes\n    localKeyID: 01 \nsubject=CN = a\n${pem}`,
  "before a comment": (pem) => `${pem}# until 2044\n`,
  "as base64": (pem) => Buffer.from(pem).toString("base64"),
  "as base64 on lines": (pem) => Buffer.from(pem).toString("base64").replaceAll(/.{76}/g, "$&\n"),
  "as base64 of UTF-16": (pem) => Buffer.from(`\ufeff${pem}`, "utf16le").toString("base64"),
};

/** Forms that other forms may follow: those of a text that still has its lines. */
const FIRST = ["as it was issued", "with CRLF", "indented", "in double quotes", "before a comment"];

/** Two forms, one after the other, as in a Kubernetes secret of an indented file. */
export const anyForm = fc
  .tuple(fc.constantFrom(...FIRST), fc.constantFrom(...Object.keys(PEM_FORMS)))
  .map((names) => ({
    name: names.join(", then "),
    apply: (pem: string): string => names.reduce((text, name) => PEM_FORMS[name]?.(text) ?? text, pem),
  }));
