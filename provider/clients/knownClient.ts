import { createHash, X509Certificate } from "node:crypto";
import { holdsPrivateKey } from "../certificate/holdsPrivateKey";
import { noCertificateProblem, privateKeyProblem, typeProblem } from "../certificate/pemProblems";
import { pluralize } from "../shared/format";
import { subjectOf } from "./subject";

/** A client that the program knows: the certificate that is deployed, or that of a CA which issues short-lived ones. */
export interface KnownClient {
  /** The name of the user's choice. */
  readonly name: string;
  /** The certificate that is deployed, or that of the CA, followed by its intermediates. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
  /** The certificates alone, in one form regardless of white space, line ends and text around them. */
  readonly pem: string;
  /** SHA-256 of the certificates, in hexadecimal digits. */
  readonly digest: string;
  /** Whether the first certificate is that of a CA which issues the client's. */
  readonly isIssuer: boolean;
  readonly subject: string;
  /** When the first certificate expires, in Unix seconds. */
  readonly expiresAt: number;
}

/** A client, or why its text is invalid, as the end of a sentence that begins with its name. */
export type ParsedClient = { readonly client: KnownClient } | { readonly problem: string };

/**
 * Size, in bytes, from which servers reject what a client presents. Source: OpenSSL, `SSL_MAX_CERT_LIST_DEFAULT`: 100 kB.
 */
const SIZE_LIMIT_BYTES = 100 * 1024;

/** Maximum number of certificates of a client: more than any sensible path has. It bounds the number of paths to judge. */
const MAX_CERTIFICATES = 10;

const BLOCK = /-----BEGIN ([^-]*)-----/g;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g;
const REMEDY =
  'provide the certificate that is deployed and its intermediates, such as readFileSync("client.pem", "utf8")';

/** Reads a client. Problems are described without repeating any of the text. */
export function parseClient(name: string, text: unknown): ParsedClient {
  if (typeof text !== "string") return { problem: typeProblem(text, REMEDY) };
  const bytes = Buffer.byteLength(text);
  if (holdsPrivateKey(text)) return { problem: privateKeyProblem("its certificates", "client") };
  if (bytes >= SIZE_LIMIT_BYTES) {
    return {
      problem: `has ${bytes} bytes, but a client presents less than ${SIZE_LIMIT_BYTES}; ${REMEDY}, and nothing else`,
    };
  }
  const found = [...text.matchAll(CERTIFICATE)].map(([, body = ""]) => Buffer.from(body, "base64"));
  const blocks = [...text.matchAll(BLOCK)].length;
  if (found.length === 0) return { problem: noCertificateProblem(bytes, REMEDY) };
  if (found.length < blocks) {
    return {
      problem:
        `contains ${blocks} PEM blocks, but only ${pluralize(found.length, "complete certificate")}; ${REMEDY}, and ` +
        "nothing else",
    };
  }
  const bodies = withoutRepetitions(found);
  if (bodies.length > MAX_CERTIFICATES) {
    return {
      problem:
        `contains ${bodies.length} different certificates, but a client presents at most ${MAX_CERTIFICATES}; ${REMEDY}, and ` +
        "declare each client under a name of its own",
    };
  }
  return decode(name, bodies);
}

function decode(name: string, bodies: readonly Buffer[]): ParsedClient {
  const chain: X509Certificate[] = [];
  for (const [index, body] of bodies.entries()) {
    try {
      const certificate = new X509Certificate(body);
      if (!Number.isFinite(expiryOf(certificate))) throw new Error("no date");
      chain.push(certificate);
    } catch {
      return {
        problem:
          `contains a damaged certificate (number ${index + 1} of ${bodies.length}); provide it as the authority ` +
          "issued it",
      };
    }
  }
  const [first, ...others] = chain;
  return first
    ? { client: clientOf(name, [first, ...others]) }
    : { problem: noCertificateProblem(0, REMEDY) };
}

/** Some programs present the same intermediates several times, which changes nothing. */
function withoutRepetitions(bodies: readonly Buffer[]): readonly Buffer[] {
  return [...new Map(bodies.map((body) => [body.toString("base64"), body])).values()];
}

function clientOf(name: string, chain: KnownClient["chain"]): KnownClient {
  const [first] = chain;
  const hash = createHash("sha256");
  for (const { raw } of chain) hash.update(raw);
  return {
    name,
    chain,
    pem: chain.map((each) => each.toString()).join(""),
    digest: hash.digest("hex"),
    isIssuer: first.ca,
    subject: subjectOf(first),
    expiresAt: expiryOf(first),
  };
}

function expiryOf({ validToDate }: X509Certificate): number {
  return validToDate.getTime() / 1000;
}
