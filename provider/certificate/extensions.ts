import {
  BitString,
  Boolean as Asn1Boolean,
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString,
} from "asn1js";
import type { BaseBlock } from "asn1js";

/** The extensions of a certificate that node:crypto does not expose. */
export interface Extensions {
  /** Whether it has the CA flag, and so may issue others. */
  readonly isCa: boolean;
  /** Whether its key usage has Certificate Sign. */
  readonly signsCertificates: boolean;
  /** Whether its key usage has CRL Sign. */
  readonly signsRevocations: boolean;
  readonly hasSubjectKeyIdentifier: boolean;
  readonly hasAuthorityKeyIdentifier: boolean;
}

/** Object identifiers. Source: RFC 5280, section 4.2.1. */
export const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
export const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
export const AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

/** Bits of the key usage, in the first byte of its BIT STRING. Source: RFC 5280, section 4.2.1.3. */
const KEY_CERT_SIGN = 0b100;
const CRL_SIGN = 0b10;

/** The tag of the extensions in a certificate, `[3]` of a context-specific class. Source: RFC 5280, section 4.1. */
const EXTENSIONS_TAG = 3;
const CONTEXT_SPECIFIC = 3;

/** @param der a certificate. @throws Error when it or an extension cannot be read. */
export function readExtensions(der: Uint8Array): Extensions {
  const extensions = rawExtensions(der);
  const usages = keyUsages(extensions.get(KEY_USAGE)?.value);
  return {
    isCa: hasCaFlag(extensions.get(BASIC_CONSTRAINTS)?.value),
    signsCertificates: (usages & KEY_CERT_SIGN) !== 0,
    signsRevocations: (usages & CRL_SIGN) !== 0,
    hasSubjectKeyIdentifier: extensions.has(SUBJECT_KEY_IDENTIFIER),
    hasAuthorityKeyIdentifier: extensions.has(AUTHORITY_KEY_IDENTIFIER),
  };
}

/** An extension whose value is not decoded: that of an unknown one need not be DER. */
export interface RawExtension {
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

/** The extensions of a certificate by their object identifiers. @throws Error when it cannot be read. */
export function rawExtensions(der: Uint8Array): ReadonlyMap<string, RawExtension> {
  const [content] = children(decode(der));
  const tagged = children(content).find(
    ({ idBlock }) => idBlock.tagClass === CONTEXT_SPECIFIC && idBlock.tagNumber === EXTENSIONS_TAG,
  );
  if (!tagged) return new Map();
  return new Map(children(children(tagged)[0]).map(readExtension));
}

/** An extension has an identifier, possibly a flag whether it is critical, and a value. */
function readExtension(extension: BaseBlock): readonly [string, RawExtension] {
  const parts = children(extension);
  const [id, flag] = parts;
  const value = parts.at(-1);
  if (!(id instanceof ObjectIdentifier) || !(value instanceof OctetString)) throw unreadable();
  const isCritical = flag instanceof Asn1Boolean && flag.valueBlock.value;
  return [id.valueBlock.toString(), { isCritical, value: value.valueBlock.valueHexView }];
}

function hasCaFlag(constraints: Uint8Array | undefined): boolean {
  if (!constraints) return false;
  const [flag] = children(decode(constraints));
  return flag instanceof Asn1Boolean && flag.valueBlock.value;
}

/** @returns the first byte; the ninth usage, in a second byte, is of no interest. */
function keyUsages(extension: Uint8Array | undefined): number {
  if (!extension) return 0;
  const usages = decode(extension);
  if (!(usages instanceof BitString)) throw unreadable();
  return usages.valueBlock.valueHexView[0] ?? 0;
}

function children(block: BaseBlock | undefined): readonly BaseBlock[] {
  if (!(block instanceof Constructed)) throw unreadable();
  return block.valueBlock.value;
}

function decode(der: Uint8Array): BaseBlock {
  const { offset, result } = fromBER(der);
  if (offset !== der.byteLength) throw unreadable();
  return result;
}

function unreadable(): Error {
  return new Error("not as RFC 5280 describes it");
}
