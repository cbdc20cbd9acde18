import { createPrivateKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GivenSetting } from "./settings";
import { SettingsError } from "./settingsError";

/** The provider's own client certificate. Contains a private key: never logged, never stored. */
export interface ClientCertificate {
  /** The certificate, followed by its intermediates, in the order in which they are presented. */
  readonly chain: readonly X509Certificate[];
  readonly chainPem: string;
  readonly keyPem: string;
  readonly passphrase?: string;
}

const PEM_BEGIN = "-----BEGIN ";
const CERTIFICATE_PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads the provider's own client certificate.
 * @param now Milliseconds since 1970.
 * @throws SettingsError when a file cannot be read, a text is not valid PEM, the key does not match the certificate, or
 * the certificate is not valid now. The message never contains any of the PEM text.
 */
export function loadClientCertificate(
  certificate: GivenSetting,
  key: GivenSetting,
  passphrase: string | undefined,
  now: number,
): ClientCertificate {
  const chainPem = pemText(certificate);
  const chain = parseCertificates(certificate.name, chainPem);
  const [leaf] = chain;
  if (!leaf) throw new SettingsError(`${certificate.name} contains no certificate in PEM format.`);
  const keyPem = pemText(key);
  const keyObject = parseKey(key.name, keyPem, passphrase);
  if (!leaf.checkPrivateKey(keyObject)) {
    throw new SettingsError(
      `${key.name} is not the private key of the first certificate in ${certificate.name}. Set a matching pair, with ` +
        "the client's certificate before its intermediates.",
    );
  }
  const [from, to] = [leaf.validFromDate, leaf.validToDate];
  if (now < from.getTime() || now > to.getTime()) {
    throw new SettingsError(
      `the client certificate in ${certificate.name} is valid only from ${from.toISOString()} to ` +
        `${to.toISOString()}. Set one that is valid now.`,
    );
  }
  return { chain, chainPem, keyPem, ...(passphrase !== undefined && { passphrase }) };
}

/** The PEM text of a setting whose value is either the text itself or the path of a file. @throws SettingsError */
export function pemText({ name, value }: GivenSetting): string {
  if (value.includes(PEM_BEGIN)) return value;
  try {
    return readFileSync(value, "utf8");
  } catch (error) {
    // The value may be a key without its first line, so the message does not repeat it.
    const code = error instanceof Object && "code" in error ? String(error.code) : "unreadable";
    throw new SettingsError(`${name} is neither PEM text nor a readable file (${code}).`);
  }
}

/** The certificates of a PEM text, in order. @throws SettingsError when one cannot be parsed. */
export function parseCertificates(name: string, pem: string): readonly X509Certificate[] {
  try {
    return [...pem.matchAll(CERTIFICATE_PEM)].map(([block]) => new X509Certificate(block));
  } catch {
    throw new SettingsError(`${name} contains a certificate that cannot be parsed.`);
  }
}

function parseKey(name: string, pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    throw new SettingsError(
      `${name} contains no private key in PEM format, or its passphrase is not the one set as ` +
        "clientKeyPassphrase.",
    );
  }
}
