import { newKey, newRequest, selfSigned, signed } from "./openssl";

/** What the example passes to `@pulumi/tls`. */
export interface Inputs {
  readonly algorithm?: string;
  readonly privateKeyPem: string;
  readonly subject: { readonly commonName: string };
  readonly isCaCertificate?: boolean;
  readonly setSubjectKeyId?: boolean;
  readonly setAuthorityKeyId?: boolean;
  readonly allowedUses: readonly string[];
  readonly validityPeriodHours: number;
  readonly certRequestPem: string;
  readonly caPrivateKeyPem: string;
  readonly caCertPem: string;
}

/** The outputs of a new resource, by the last part of its type token. */
export const CREATE: Readonly<Record<string, (inputs: Inputs) => Readonly<Record<string, unknown>>>> = {
  PrivateKey: () => ({ privateKeyPem: newKey() }),
  SelfSignedCert: (inputs) => ({
    certPem: selfSigned(
      inputs.privateKeyPem,
      inputs.subject.commonName,
      daysOf(inputs),
      extensionsOf(inputs),
    ),
  }),
  CertRequest: ({ privateKeyPem, subject }) => ({
    certRequestPem: newRequest(privateKeyPem, subject.commonName),
  }),
  LocallySignedCert: (inputs) => ({
    certPem: signed(
      inputs.certRequestPem,
      { certificate: inputs.caCertPem, key: inputs.caPrivateKeyPem },
      daysOf(inputs),
      // The plugin that this stands for copies the authority's key identifier without being asked.
      extensionsOf({ ...inputs, setAuthorityKeyId: true }),
    ),
  }),
};

const USAGES: Readonly<Record<string, string>> = {
  cert_signing: "keyCertSign",
  crl_signing: "cRLSign",
  digital_signature: "digitalSignature",
};

const daysOf = ({ validityPeriodHours }: Inputs): number => validityPeriodHours / 24;

/** Only what was asked for, so that an argument which the example lacks is noticed. */
function extensionsOf(inputs: Inputs): string {
  const usages = inputs.allowedUses.flatMap((use) => USAGES[use] ?? []);
  return [
    `basicConstraints=critical,CA:${inputs.isCaCertificate === true ? "TRUE" : "FALSE"}`,
    `keyUsage=critical,${usages.join(",")}`,
    ...(inputs.allowedUses.includes("client_auth") ? ["extendedKeyUsage=clientAuth"] : []),
    `subjectKeyIdentifier=${inputs.setSubjectKeyId === true ? "hash" : "none"}`,
    `authorityKeyIdentifier=${inputs.setAuthorityKeyId === true ? "keyid:always" : "none"}`,
    "",
  ].join("\n");
}
