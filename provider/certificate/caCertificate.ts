import { X509Certificate } from "node:crypto";
import { PEM_SIZE_LIMIT_BYTES } from "../api/limits";
import type { Extensions } from "./extensions";
import { holdsPrivateKey } from "./privateKey";

/** A certificate that a text holds. Times are Unix seconds. */
export interface CaCertificate extends Extensions {
  /** The certificate alone, written in one way whatever the white space, line ends and words around it were. */
  readonly pem: string;
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal digits. */
  readonly serialNumber: string;
  /** SHA-256, in hexadecimal digits with colons. */
  readonly fingerprint: string;
  readonly validAt: number;
  readonly expiresAt: number;
}

/** A certificate, or why a text is none, as the end of a sentence that begins with the text. */
export type ParsedCaCertificate = { readonly caCertificate: CaCertificate } | { readonly problem: string };

const BLOCK = /-----BEGIN [^-]*-----/g;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/;
const REMEDY = 'give the PEM text of one CA certificate, as readFileSync("ca.pem", "utf8") reads it';

/** Reads the one certificate of a PEM text. Problems are described without repeating any of the text. */
export function parseCaCertificate(text: unknown): ParsedCaCertificate {
  if (text === undefined || text === null) return { problem: `is missing; ${REMEDY}` };
  if (typeof text !== "string") return { problem: `is of type ${typeof text}, and no text; ${REMEDY}` };
  const bytes = Buffer.byteLength(text);
  if (bytes >= PEM_SIZE_LIMIT_BYTES) return { problem: sizeProblem(bytes) };
  if (holdsPrivateKey(text)) return { problem: privateKeyProblem() };
  const blocks = text.match(BLOCK)?.length ?? 0;
  if (blocks > 1) {
    return {
      problem: `holds ${blocks} PEM blocks; give one certificate alone: each is a resource of its own`,
    };
  }
  const body = CERTIFICATE.exec(text)?.[1];
  if (body === undefined) {
    return {
      problem:
        `is ${bytes === 0 ? "empty" : `a text of ${bytes} bytes`} without a whole certificate in PEM, from ` +
        `-----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----; ${REMEDY}, not a file's name`,
    };
  }
  return decode(Buffer.from(body, "base64"));
}

function decode(der: Buffer): ParsedCaCertificate {
  try {
    const certificate = new X509Certificate(der);
    const pem = certificate.toString();
    const bytes = Buffer.byteLength(pem);
    if (bytes >= PEM_SIZE_LIMIT_BYTES) return { problem: sizeProblem(bytes) };
    return { caCertificate: caCertificateOf(certificate, pem) };
  } catch {
    return {
      problem:
        `holds a PEM block of ${der.length} bytes that cannot be read as a certificate; it is damaged, or of ` +
        "another kind: give it as its authority issued it",
    };
  }
}

function caCertificateOf(certificate: X509Certificate, pem: string): CaCertificate {
  return {
    pem,
    subject: onOneLine(certificate.subject),
    issuer: onOneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    fingerprint: certificate.fingerprint256,
    validAt: certificate.validFromDate.getTime() / 1000,
    expiresAt: certificate.validToDate.getTime() / 1000,
    // Of the certificate as it was understood: whatever else was in the block is gone.
    ...readExtensions(certificate.raw),
  };
}

/** Loads the ASN.1 library with the first certificate: most programs have none of their own. */
function readExtensions(der: Buffer): Extensions {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const extensions = require("./extensions") as typeof import("./extensions");
  return extensions.readExtensions(der);
}

/** @param name undefined, contrary to its type, when the certificate has no such name. */
function onOneLine(name: string | undefined): string {
  return (name ?? "").replaceAll("\n", ", ");
}

function privateKeyProblem(): string {
  return (
    "holds a private key, and nothing of the text was kept, sent or shown; give the certificate alone. The key " +
    "belongs to nobody but the authority: replace both if the text went anywhere else"
  );
}

function sizeProblem(bytes: number): string {
  return (
    `has ${bytes} bytes, and the API takes less than 16 kB (${PEM_SIZE_LIMIT_BYTES}); give one certificate without ` +
    "text around it, or issue a smaller one"
  );
}
