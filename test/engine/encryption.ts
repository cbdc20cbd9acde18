import { createCipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;

/** Encrypts a value of a stack's configuration, as `pulumi config set --secret` does with the key of the stack. */
export function encrypt(value: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const encrypted = Buffer.concat([cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${encrypted.toString("base64")}`;
}
