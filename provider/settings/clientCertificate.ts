import type { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { errorCode } from "../shared/errorCode";
import { readCertificates } from "./pemSetting";
import { readPrivateKey } from "./privateKey";
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

/** The settings of a client certificate. */
export interface ClientCertificateSettings {
  readonly certificate: GivenSetting;
  readonly key: GivenSetting;
  /** Its name in messages, and its value if it is set. */
  readonly passphrase: { readonly name: string; readonly value?: string };
}

/**
 * Reads the provider's own client certificate.
 * @param now Milliseconds since 1970.
 * @throws SettingsError when a file cannot be read, a text is not valid PEM, the key does not match the certificate, the
 * certificate is not valid now, or OpenSSL rejects it. The message never contains any of the PEM text.
 */
export function loadClientCertificate(
  { certificate, key, passphrase }: ClientCertificateSettings,
  now: number,
): ClientCertificate {
  const chain = readCertificates(certificate);
  const [leaf] = chain;
  const privateKey = readPrivateKey(key, passphrase);
  if (!leaf.checkPrivateKey(privateKey.key)) {
    throw new SettingsError(
      `${key.name} is not the private key of the first certificate in ${certificate.name}. Set a matching pair, with ` +
        "the client's certificate before its intermediates.",
    );
  }
  const [from, to] = [leaf.validFromDate, leaf.validToDate];
  if (now < from.getTime() || now > to.getTime()) {
    throw new SettingsError(
      `the client certificate in ${certificate.name} is valid only from ${from.toISOString()} to ` +
        `${to.toISOString()}, and this machine's clock shows ${new Date(now).toISOString()}. Set one that is valid ` +
        "now, or correct the clock.",
    );
  }
  const loaded = {
    chain,
    chainPem: chain.map(String).join(""),
    keyPem: privateKey.pem,
    ...(passphrase.value !== undefined && { passphrase: passphrase.value }),
  };
  assertUsable(certificate.name, loaded);
  return loaded;
}

/** What OpenSSL refuses in a certificate of a client or in an intermediate, and what to issue instead. */
const REJECTED: Readonly<Record<string, string>> = {
  ERR_SSL_EE_KEY_TOO_SMALL:
    "its key is too small. Issue it for an RSA key of at least 2048 bits, or for an EC key",
  ERR_SSL_CA_KEY_TOO_SMALL:
    "the key of an intermediate is too small. Issue it for an RSA key of at least 2048 bits, or for an EC key",
  ERR_SSL_EE_MD_TOO_WEAK: "it is signed with a weak digest. Issue it with SHA-256",
  ERR_SSL_CA_MD_TOO_WEAK: "it, or an intermediate, is signed with a weak digest. Issue it with SHA-256",
};

/** Lets OpenSSL decide now whether it would present the certificate, so that the message names the setting. */
function assertUsable(name: string, { chainPem, keyPem, passphrase }: ClientCertificate): void {
  try {
    createSecureContext({ cert: chainPem, key: keyPem, ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    const code = errorCode(error) ?? "unknown reason";
    const reason = REJECTED[code];
    throw new SettingsError(
      `the client certificate in ${name} cannot be used for TLS${reason ? `: ${reason}` : ""} (${code}).`,
    );
  }
}
