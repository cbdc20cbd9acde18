import { pbkdf2 } from "node:crypto";
import { promisify } from "node:util";

/** Encrypts the secrets of the stacks that use a passphrase. */
export const PASSPHRASE = "test";

const SALT = "Uz828b4s8h4=";

/** What `pulumi stack init` writes into a stack's file: the salt, and an encrypted word that shows a wrong passphrase. */
export const ENCRYPTION_SALT = `v1:${SALT}:v1:0dd2z2eDZ2BxbK1i:sVJvWSHhbkLasnD+hUaaetrale6+Vg==`;

/** How Pulumi derives a key from a passphrase. */
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;

let key: Promise<Buffer> | undefined;

/** The key of the stacks that use the passphrase. */
export function passphraseKey(): Promise<Buffer> {
  key ??= promisify(pbkdf2)(PASSPHRASE, Buffer.from(SALT, "base64"), ITERATIONS, KEY_BYTES, "sha256");
  return key;
}
