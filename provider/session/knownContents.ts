import { describeCertificate } from "../planSummary/identity";
import type { Identity } from "../planSummary/identity";

/** The PEM texts, by id, of the uploads of the program that this process has seen. The text of an id never changes. */
const contents = new Map<string, string>();

export function rememberContent(id: string, pem: string): void {
  contents.set(id, pem);
}

/** The PEM text of a certificate, as far as that is known without an API call. */
export function knownContent(id: string): string | undefined {
  return contents.get(id);
}

/** Which CA a certificate is, as far as that is known without an API call. */
export function knownIdentity(id: string): Identity | undefined {
  const pem = contents.get(id);
  return pem === undefined ? undefined : describeCertificate(pem)?.identity;
}
