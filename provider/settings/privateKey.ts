import { createPrivateKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { errorCode } from "../shared/errorCode";
import type { PemBlock } from "../shared/pem";
import { readPemSetting, whatInstead } from "./pemSetting";
import type { GivenSetting } from "./settings";
import { SettingsError } from "./settingsError";

/** A private key, with the text that OpenSSL gets. Never logged, never stored. */
export interface PrivateKey {
  readonly key: KeyObject;
  readonly pem: string;
}

/** OpenSSL's code for a cipher of the provider "legacy", which Node.js does not load. It comes before any decryption. */
const OLD_CIPHER = "ERR_OSSL_EVP_UNSUPPORTED";

/**
 * Reads the one private key of a setting. Other blocks, such as its certificate, may stand next to it.
 * @param passphrase its name in messages, and its value if it is set.
 * @throws SettingsError
 */
export function readPrivateKey(
  setting: GivenSetting,
  passphrase: { readonly name: string; readonly value?: string },
): PrivateKey {
  const { name } = setting;
  const blocks = readPemSetting(setting);
  const [block, ...others] = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  if (!block) throw new SettingsError(`${name} contains ${whatInstead(blocks, "private key")}.`);
  if (others.length > 0) {
    throw new SettingsError(
      `${name} contains ${others.length + 1} private keys. Set the one of the client certificate.`,
    );
  }
  if (block.label === "OPENSSH PRIVATE KEY") {
    throw new SettingsError(
      `${name} is a private key in OpenSSH's own format. Convert a copy of it with ` +
        "`ssh-keygen -p -m PKCS8 -f FILE`, or issue another key with `openssl genpkey`.",
    );
  }
  if (isEncrypted(block) && passphrase.value === undefined)
    throw new SettingsError(`${name} is encrypted, and ${passphrase.name} is not set. Set its passphrase.`);
  return { key: parse(name, block, passphrase), pem: block.pem };
}

function isEncrypted({ label, hasCipherHeaders }: PemBlock): boolean {
  return hasCipherHeaders || label === "ENCRYPTED PRIVATE KEY";
}

function parse(
  name: string,
  block: PemBlock,
  passphrase: { readonly name: string; readonly value?: string },
): KeyObject {
  const { value } = passphrase;
  try {
    return createPrivateKey({ key: block.pem, ...(value !== undefined && { passphrase: value }) });
  } catch (error) {
    if (!isEncrypted(block)) {
      throw new SettingsError(
        `${name} contains a private key that cannot be parsed: it was cut or changed. Set it again, as it was issued.`,
      );
    }
    if (errorCode(error) === OLD_CIPHER) {
      throw new SettingsError(
        `${name} is encrypted with an old cipher (such as DES or RC2) that Node.js decrypts only with its legacy ` +
          "provider. Encrypt it again with `openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default`, " +
          "or run Pulumi with NODE_OPTIONS=--openssl-legacy-provider.",
      );
    }
    throw new SettingsError(`${name} cannot be decrypted with ${passphrase.name}. Set its passphrase.`);
  }
}
