import { encode, sequence } from "./der";
import { subjectKeyIdentifier } from "./keyIdentifiers";

/** Object identifiers as they are encoded. Source: RFC 5280, section 4.2.1. */
const SUBJECT_KEY_IDENTIFIER = Buffer.from("0603551d0e", "hex");
const KEY_USAGE = Buffer.from("0603551d0f", "hex");
const BASIC_CONSTRAINTS = Buffer.from("0603551d13", "hex");
const AUTHORITY_KEY_IDENTIFIER = Buffer.from("0603551d23", "hex");
const EXTENDED_KEY_USAGE = Buffer.from("0603551d25", "hex");

/** Digital signature and key encipherment, as a BIT STRING. */
const SIGNATURE_AND_ENCIPHERMENT = Buffer.from("030205a0", "hex");

/** Client authentication: 1.3.6.1.5.5.7.3.2. */
const CLIENT_AUTHENTICATION = Buffer.from("06082b06010505070302", "hex");

const CRITICAL = Buffer.from("0101ff", "hex");
const OCTET_STRING = 0x04;
const EXTENSIONS_TAG = 0xa3;
const KEY_IDENTIFIER_TAG = 0x80;

/**
 * The extensions of a client certificate as the API wants it.
 * @param issuer the certificate of the CA that issues it.
 */
export function leafExtensions(issuer: Uint8Array): Buffer {
  const issuerKey = subjectKeyIdentifier(issuer);
  const ownIdentifier = encode(OCTET_STRING, Buffer.from("client"));
  return encode(
    EXTENSIONS_TAG,
    sequence(
      extension(BASIC_CONSTRAINTS, sequence(), CRITICAL),
      extension(KEY_USAGE, SIGNATURE_AND_ENCIPHERMENT, CRITICAL),
      extension(EXTENDED_KEY_USAGE, sequence(CLIENT_AUTHENTICATION)),
      extension(SUBJECT_KEY_IDENTIFIER, ownIdentifier),
      ...(issuerKey
        ? [extension(AUTHORITY_KEY_IDENTIFIER, sequence(encode(KEY_IDENTIFIER_TAG, issuerKey)))]
        : []),
    ),
  );
}

function extension(id: Buffer, value: Buffer, critical: Buffer = Buffer.alloc(0)): Buffer {
  return sequence(id, critical, encode(OCTET_STRING, value));
}
