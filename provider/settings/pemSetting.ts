import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { decodeText } from "../shared/decodeText";
import { errorCode } from "../shared/errorCode";
import { decodeBase64, decodeBase64Pem, hasPemMark, readPem } from "../shared/pem";
import type { PemBlock } from "../shared/pem";
import type { GivenSetting } from "./settings";
import { SettingsError } from "./settingsError";

/** The labels of certificates. Source: RFC 7468, section 5.1, and `TRUSTED CERTIFICATE` of OpenSSL. */
const CERTIFICATE = /^(?:X509 |TRUSTED )?CERTIFICATE$/;

/** The first byte of certificates and keys in DER, and of PKCS #12: the tag of a SEQUENCE. */
const SEQUENCE = 0x30;

/**
 * The PEM blocks of a setting whose value is either the text itself or the path of a file. Messages do not repeat the
 * value: it may be a key without its first line.
 * @throws SettingsError
 */
export function readPemSetting({ name, value }: GivenSetting): readonly PemBlock[] {
  const parsed = readPem(isPem(value) ? value : readFile(name, value));
  if ("problem" in parsed)
    throw new SettingsError(`${name} ${parsed.problem}. Set it again, as it was issued.`);
  return parsed.blocks;
}

/** The certificates of a setting, in their order; at least one. @throws SettingsError */
export function readCertificates(setting: GivenSetting): readonly [X509Certificate, ...X509Certificate[]] {
  const blocks = readPemSetting(setting);
  const [first, ...others] = blocks.filter(({ label }) => CERTIFICATE.test(label));
  if (!first) throw new SettingsError(`${setting.name} contains ${whatInstead(blocks, "certificate")}.`);
  const parse = (block: PemBlock): X509Certificate => parseCertificate(setting.name, block);
  return [parse(first), ...others.map(parse)];
}

/** What a setting contains instead of what it has to. */
export function whatInstead(blocks: readonly PemBlock[], wanted: string): string {
  const labels = new Set(blocks.map(({ label }) => label));
  const found = labels.size === 0 ? "" : `, only ${[...labels].join(" and ")}`;
  return `no ${wanted} in PEM format${found}`;
}

function parseCertificate(name: string, { der }: PemBlock): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw new SettingsError(
      `${name} contains a certificate that cannot be parsed: it was cut or changed. Set it again, as it was issued.`,
    );
  }
}

function isPem(value: string): boolean {
  return hasPemMark(value) || decodeBase64Pem(value) !== undefined;
}

function readFile(name: string, value: string): string {
  const der = decodeBase64(value);
  if (der && isDer(der)) {
    throw new SettingsError(
      `${name} is base64 without the lines -----BEGIN …----- and -----END …----- of PEM. Set the whole PEM text.`,
    );
  }
  if (value.includes("\n")) throw new SettingsError(`${name} is a text of several lines that is not PEM.`);
  const bytes = readBytes(name, value);
  if (isDer(bytes)) {
    throw new SettingsError(
      `${name} is a file in binary format (DER or PKCS #12). Convert it to PEM, such as with ` +
        "`openssl x509 -inform der`, `openssl pkey -inform der` or `openssl pkcs12 -nodes`.",
    );
  }
  return decodeText(bytes);
}

function readBytes(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const folder = isAbsolute(path)
      ? ""
      : ` A relative path starts at the folder of the program, as \`main\` in Pulumi.yaml sets it. It was ` +
        `${process.cwd()}. Set an absolute path to be independent of it.`;
    throw new SettingsError(
      `${name} is neither PEM text nor a readable file (${errorCode(error) ?? "unreadable"}).${folder}`,
    );
  }
}

/** Whether bytes are a SEQUENCE of exactly their length. The bytes of another text do not match by accident. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0, ...more] = bytes.subarray(0, 6);
  if (tag !== SEQUENCE) return false;
  if (length < 0x80) return bytes.length === 2 + length;
  const count = length - 0x80;
  const size = more.slice(0, count).reduce((sum, byte) => sum * 256 + byte, 0);
  // Some programs write PKCS #12 in BER, where 0x80 means that the end is marked instead.
  return count === 0 ? bytes.length > 2 : bytes.length === 2 + count + size;
}
