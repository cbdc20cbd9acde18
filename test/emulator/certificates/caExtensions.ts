// node:crypto reports the CA flag of a certificate but neither its key usages nor its key identifiers, and a
// whole ASN.1 reader would be too much for three extensions: each is found by its object identifier, in DER.
const KEY_USAGE = Buffer.from("0603551d0f", "hex");
const SUBJECT_KEY_IDENTIFIER = Buffer.from("0603551d0e", "hex");
const AUTHORITY_KEY_IDENTIFIER = Buffer.from("0603551d23", "hex");

/** Bits of the first octet of the extension, RFC 5280, 4.2.1.3: keyCertSign is bit 5, cRLSign is bit 6. */
const CERTIFICATE_SIGN = 0x04;
const CRL_SIGN = 0x02;

/** Names the first extension that the API requires and this certificate (in DER) lacks. */
export function missingCaExtension(der: Buffer): string | undefined {
  const usages = keyUsages(der);
  if (!(usages & CERTIFICATE_SIGN)) return "the key usage Certificate Sign";
  if (!(usages & CRL_SIGN)) return "the key usage CRL Sign";
  if (!der.includes(SUBJECT_KEY_IDENTIFIER)) return "a subject key identifier";
  if (!der.includes(AUTHORITY_KEY_IDENTIFIER)) return "an authority key identifier";
  return undefined;
}

function keyUsages(der: Buffer): number {
  const found = der.indexOf(KEY_USAGE);
  if (found === -1) return 0;
  let at = found + KEY_USAGE.length;
  const isCritical = der[at] === 0x01;
  if (isCritical) at += 3;
  // OCTET STRING (2 bytes of header) > BIT STRING (2 bytes of header, 1 byte counting the unused bits).
  return der[at + 5] ?? 0;
}
