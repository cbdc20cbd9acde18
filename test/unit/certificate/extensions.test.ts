import "reflect-metadata";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from "@peculiar/x509";
import { readExtensions } from "../../../provider/certificate/extensions";
import { CHAIN_CASES } from "../../emulator/certificates/chainCases";
import { issueCa } from "../../emulator/certificates/issue";

/** The same facts as another library reads them. */
function readIndependently(der: Buffer<ArrayBuffer>): ReturnType<typeof readExtensions> {
  const certificate = new X509Certificate(der);
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  return {
    isCa: certificate.getExtension(BasicConstraintsExtension)?.ca === true,
    signsCertificates: (usages & KeyUsageFlags.keyCertSign) !== 0,
    signsRevocations: (usages & KeyUsageFlags.cRLSign) !== 0,
    hasSubjectKeyIdentifier: certificate.getExtension(SubjectKeyIdentifierExtension) !== null,
    hasAuthorityKeyIdentifier: certificate.getExtension(AuthorityKeyIdentifierExtension) !== null,
  };
}

function derOf(pem: string): Buffer<ArrayBuffer> {
  return Buffer.from(pem.replaceAll(/-----[^-]*-----|\s/g, ""), "base64");
}

/** The value true in DER. */
const TRUE = [1, 1, 0xff];

const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

describe("the extensions of a certificate", () => {
  test.each(CHAIN_CASES)("are read as another library reads them: $name", async ({ issue }) => {
    const { anchor, client } = await issue();
    const pems = [anchor.pem, ...(client.chainPem.match(PEM) ?? [])];
    for (const der of pems.map(derOf)) expect(readExtensions(der)).toEqual(readIndependently(der));
  });

  test.each<["crl-sign" | "key-identifiers", Partial<ReturnType<typeof readExtensions>>]>([
    ["crl-sign", { signsCertificates: true, signsRevocations: false }],
    ["key-identifiers", { hasSubjectKeyIdentifier: false, hasAuthorityKeyIdentifier: false }],
  ])("are absent when they were not issued: %s", async (without, expected) => {
    const der = derOf((await issueCa({ without })).pem);
    expect(readExtensions(der)).toMatchObject(expected);
    expect(readExtensions(der)).toEqual(readIndependently(der));
  });

  test.each([
    ["no block of extensions", certificateWith()],
    ["no extension", certificateWith(extensionsOf())],
    ["a bit string, whose number is that of the block of extensions", certificateWith([3, 1, 0])],
    ["a flag of an authority that is not set", certificateWith(extensionsOf(extension(19, der(0x30))))],
  ])("are all absent from a certificate with %s", (_, bytes) => {
    expect(readExtensions(Buffer.from(bytes))).toEqual({
      isCa: false,
      signsCertificates: false,
      signsRevocations: false,
      hasSubjectKeyIdentifier: false,
      hasAuthorityKeyIdentifier: false,
    });
  });

  test("are read next to an extension of another kind, whose value is not DER", () => {
    const bytes = certificateWith(extensionsOf(extension(99, [0, 0, 0, 0]), extension(19, der(0x30, TRUE))));
    expect(readExtensions(Buffer.from(bytes))).toMatchObject({ isCa: true, signsCertificates: false });
  });

  test("are read with and without the flag that marks them as critical", () => {
    const [caFlag, keyUsage] = [der(0x30, TRUE), [3, 2, 1, 0b110]];
    for (const flag of [[], TRUE]) {
      const bytes = certificateWith(extensionsOf(extension(19, caFlag, flag), extension(15, keyUsage, flag)));
      expect(readExtensions(Buffer.from(bytes))).toMatchObject({
        isCa: true,
        signsCertificates: true,
        signsRevocations: true,
      });
    }
  });

  test.each([
    ["nothing", []],
    ["a number", [2, 1, 5]],
    ["an empty sequence", der(0x30)],
    ["bytes behind its end", [...certificateWith(), 0]],
    ["an extension without an identifier", certificateWith(extensionsOf(der(0x30, TRUE, der(4, TRUE))))],
    ["an extension without a value", certificateWith(extensionsOf(der(0x30, identifier(19))))],
    ["a value with bytes behind its end", certificateWith(extensionsOf(extension(19, [0x30, 0, 0])))],
    ["basic constraints that are a number", certificateWith(extensionsOf(extension(19, [2, 1, 5])))],
    ["a key usage that is a number", certificateWith(extensionsOf(extension(15, [2, 1, 5])))],
  ])("cannot be read from %s", (_, bytes) => {
    expect(() => readExtensions(Buffer.from(bytes))).toThrow("not as RFC 5280 describes it");
  });
});

/** A value in DER: its tag, its length, and its parts. */
function der(tag: number, ...parts: readonly (readonly number[])[]): readonly number[] {
  const content = parts.flat();
  return [tag, content.length, ...content];
}

/** The part of a certificate that `readExtensions` reads. */
function certificateWith(...content: readonly (readonly number[])[]): readonly number[] {
  return der(0x30, der(0x30, ...content));
}

function extensionsOf(...extensions: readonly (readonly number[])[]): readonly number[] {
  return der(0xa3, der(0x30, ...extensions));
}

function extension(
  lastOfIdentifier: number,
  value: readonly number[],
  flag: readonly number[] = [],
): readonly number[] {
  return der(0x30, identifier(lastOfIdentifier), flag, der(4, value));
}

/** The object identifier 2.5.29.`last`. */
function identifier(last: number): readonly number[] {
  return [6, 3, 0x55, 0x1d, last];
}
