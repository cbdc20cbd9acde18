import { createCipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** Encrypts the secrets of all stacks in tests. */
export const PASSPHRASE = "test";

const SALT = "Uz828b4s8h4=";

/** What `pulumi stack init` writes into a stack's file: the salt, and an encrypted word that shows a wrong passphrase. */
export const ENCRYPTION_SALT = `v1:${SALT}:v1:0dd2z2eDZ2BxbK1i:sVJvWSHhbkLasnD+hUaaetrale6+Vg==`;

/** How Pulumi derives a key from a passphrase. */
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

let key: Promise<Buffer> | undefined;

/** Encrypts a value of a stack's configuration, as `pulumi config set --secret` does. */
export async function encrypt(value: string): Promise<string> {
  key ??= promisify(pbkdf2)(PASSPHRASE, Buffer.from(SALT, "base64"), ITERATIONS, KEY_BYTES, "sha256");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", await key, nonce);
  const encrypted = Buffer.concat([cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${encrypted.toString("base64")}`;
}
