import { X509Certificate } from "node:crypto";
import { fromBER, OctetString } from "asn1js";
import { AUTHORITY_KEY_IDENTIFIER, rawExtensions, SUBJECT_KEY_IDENTIFIER } from "../certificate/extensions";
import { elementsOf } from "./der";

/** The tag of the key identifier in an authority key identifier: `[0]`. */
const KEY_IDENTIFIER_TAG = 0x80;

/** The subject key identifier of a certificate; undefined when it has none. */
export function subjectKeyIdentifier(der: Uint8Array): Buffer | undefined {
  const extension = rawExtensions(der).get(SUBJECT_KEY_IDENTIFIER);
  if (!extension) return undefined;
  const { result } = fromBER(extension.value);
  return result instanceof OctetString ? Buffer.from(result.valueBlock.valueHexView) : undefined;
}

/** The key identifier of a certificate's issuer, as the certificate has it; undefined when it has none. */
export function authorityKeyIdentifier(der: Uint8Array): Buffer | undefined {
  const extension = rawExtensions(der).get(AUTHORITY_KEY_IDENTIFIER);
  if (!extension) return undefined;
  const identifier = elementsOf(extension.value).find(([tag]) => tag === KEY_IDENTIFIER_TAG);
  // A tag and a length of one byte each: identifiers have about 20 bytes.
  return identifier?.subarray(2);
}

/** The subject key identifier of a certificate in PEM, in hexadecimal digits; undefined when it has none that can be read. */
export function keyIdentifierOf(pem: string): string | undefined {
  try {
    return subjectKeyIdentifier(new X509Certificate(pem).raw)?.toString("hex");
  } catch {
    return undefined;
  }
}
