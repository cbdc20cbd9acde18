import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { SettingsError } from "./settingsError";
import type { GivenSetting } from "./settings";

/** The client certificate that the provider itself presents. Holds a private key: never logged, never stored. */
export interface ClientCertificate {
  /** The certificate, then its intermediates, as they are presented. */
  readonly chain: readonly X509Certificate[];
  readonly chainPem: string;
  readonly keyPem: string;
  readonly passphrase?: string;
}

const PEM_BEGIN = "-----BEGIN ";
const CERTIFICATE_PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads the provider's own client certificate.
 * @param now milliseconds since 1970.
 * @throws ConnectionError when a file cannot be read, a text is no PEM, the key is not the certificate's, or the
 * certificate is not valid now. Its text never holds any of the PEM.
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
  if (!leaf) throw new SettingsError(`${certificate.name} holds no certificate in PEM.`);
  const keyPem = pemText(key);
  const keyObject = parseKey(key.name, keyPem, passphrase);
  if (!leaf.checkPrivateKey(keyObject)) {
    throw new SettingsError(
      `${key.name} is not the key of the first certificate in ${certificate.name}; give the two that belong together, ` +
        "the client's certificate before its intermediates.",
    );
  }
  const [from, to] = [leaf.validFromDate, leaf.validToDate];
  if (now < from.getTime() || now > to.getTime()) {
    throw new SettingsError(
      `the client certificate in ${certificate.name} is valid from ${from.toISOString()} to ${to.toISOString()}, ` +
        "and so not now; give one that is.",
    );
  }
  return { chain, chainPem, keyPem, ...(passphrase !== undefined && { passphrase }) };
}

/** The PEM text of a setting that holds either the text itself or a file's path. @throws ConnectionError */
export function pemText({ name, value }: GivenSetting): string {
  if (value.includes(PEM_BEGIN)) return value;
  try {
    return readFileSync(value, "utf8");
  } catch (error) {
    // A path may be a key that lost its first line, so it is not repeated.
    const code = error instanceof Object && "code" in error ? String(error.code) : "unreadable";
    throw new SettingsError(`${name} is neither PEM text nor a file that can be read (${code}).`);
  }
}

/** The certificates of a PEM text in their order. @throws ConnectionError when one cannot be parsed. */
export function parseCertificates(name: string, pem: string): readonly X509Certificate[] {
  try {
    return [...pem.matchAll(CERTIFICATE_PEM)].map(([block]) => new X509Certificate(block));
  } catch {
    throw new SettingsError(`${name} holds a certificate that cannot be parsed.`);
  }
}

function parseKey(name: string, pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    throw new SettingsError(
      `${name} holds no private key in PEM, or is encrypted with another passphrase than the one that is set ` +
        "(clientKeyPassphrase).",
    );
  }
}
