import { Constructed, fromBER } from "asn1js";
import type { BaseBlock } from "asn1js";

/** Tags of DER. Source: X.690, section 8. */
const SEQUENCE = 0x30;
const BIT_STRING = 0x03;

/** The elements of a SEQUENCE, each as it is encoded. @throws Error when there is none. */
export function elementsOf(der: Uint8Array): readonly Buffer[] {
  const { offset, result } = fromBER(der);
  if (offset !== der.byteLength || !(result instanceof Constructed)) throw unreadable();
  return result.valueBlock.value.map((element: BaseBlock) => Buffer.from(element.valueBeforeDecodeView));
}

export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return encode(SEQUENCE, Buffer.concat(elements));
}

export function bitString(bytes: Uint8Array): Buffer {
  const unusedBits = Buffer.from([0]);
  return encode(BIT_STRING, Buffer.concat([unusedBits, bytes]));
}

/** @param tag one byte, which is enough for the tags of a certificate. */
export function encode(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

/** A length up to 127 is one byte; a longer one is preceded by the number of its bytes. */
function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export function unreadable(): Error {
  return new Error("not as RFC 5280 describes it");
}
