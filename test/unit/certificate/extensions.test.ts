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
    ["nothing", Buffer.alloc(0)],
    ["a number", Buffer.from([2, 1, 5])],
    ["an empty sequence", Buffer.from([0x30, 0])],
    ["bytes behind its end", Buffer.from([0x30, 0, 0])],
  ])("cannot be read from %s", (_, der) => {
    expect(() => readExtensions(der)).toThrow("not as RFC 5280 describes it");
  });
});
