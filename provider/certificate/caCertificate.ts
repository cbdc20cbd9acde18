import { X509Certificate } from "node:crypto";
import { PEM_SIZE_LIMIT_BYTES } from "../api/limits";
import { formatDistinguishedName } from "../shared/format";
import { decodeBase64Pem, readPem } from "../shared/pem";
import type { Extensions } from "./extensions";
import { holdsPrivateKey } from "./holdsPrivateKey";
import { noCertificateProblem, privateKeyProblem, typeProblem } from "./pemProblems";

/** The certificate in a PEM text. Times are Unix seconds. */
export interface CaCertificate extends Extensions {
  /** The certificate alone, in one form regardless of white space, line ends and text around it. */
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

/** The certificate of a text, or why it has none, as the end of a sentence that begins with the name of the argument. */
export type ParsedCaCertificate = { readonly caCertificate: CaCertificate } | { readonly problem: string };

const REMEDY = 'provide the PEM text of one CA certificate, such as readFileSync("ca.pem", "utf8")';

/** Reads the one certificate of a PEM text. Problems are described without repeating any of the text. */
export function parseCaCertificate(text: unknown): ParsedCaCertificate {
  if (typeof text !== "string") return { problem: typeProblem(text, REMEDY) };
  const bytes = Buffer.byteLength(text);
  if (bytes >= PEM_SIZE_LIMIT_BYTES) return { problem: sizeProblem(bytes) };
  if (holdsPrivateKey(text) || holdsPrivateKey(decodeBase64Pem(text) ?? ""))
    return { problem: privateKeyProblem("the certificate", "authority") };
  const parsed = readPem(text);
  const blocks = "blocks" in parsed ? parsed.blocks : [];
  if (blocks.length > 1) {
    return {
      problem: `contains ${blocks.length} PEM blocks; provide one certificate, and declare a resource for each`,
    };
  }
  const [block] = blocks;
  if (block?.label === "CERTIFICATE") return decode(block.der);
  return { problem: noCertificateProblem(bytes, REMEDY) };
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
        `contains a PEM block of ${der.length} bytes that cannot be read as a certificate: it is damaged or of ` +
        "another type; provide it as the authority issued it",
    };
  }
}

function caCertificateOf(certificate: X509Certificate, pem: string): CaCertificate {
  return {
    pem,
    subject: formatDistinguishedName(certificate.subject),
    issuer: formatDistinguishedName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    fingerprint: certificate.fingerprint256,
    validAt: certificate.validFromDate.getTime() / 1000,
    expiresAt: certificate.validToDate.getTime() / 1000,
    // From the parsed certificate, without other bytes of the block.
    ...readExtensions(certificate.raw),
  };
}

/** Loads the ASN.1 library with the first certificate: most programs upload none. */
function readExtensions(der: Buffer): Extensions {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const extensions = require("./extensions") as typeof import("./extensions");
  return extensions.readExtensions(der);
}

function sizeProblem(bytes: number): string {
  return (
    `has ${bytes} bytes, but the API accepts less than 16 kB (${PEM_SIZE_LIMIT_BYTES}); remove the text around the ` +
    "certificate, or issue a smaller one"
  );
}
