/** Keys of the API, whole, cut or percent-encoded, and private keys. */
const KEY = /(?<![A-Za-z0-9])sk(?:-|%2D)[\w%.-]{6,}/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Whether a text holds what looks like a secret. */
export function holdsSecret(text: string): boolean {
  return PRIVATE_KEY.test(text) || text.search(KEY) >= 0;
}

/** A text in which neither a secret that is known nor any other key of the API is left. */
export function withoutSecrets(text: string, known: string): string {
  return text.replaceAll(known, "[hidden]").replaceAll(KEY, "[hidden]");
}
