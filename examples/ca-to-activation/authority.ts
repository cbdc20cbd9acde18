import * as tls from "@pulumi/tls";

/** A certificate authority and its private key. */
export interface Authority {
  readonly key: tls.PrivateKey;
  readonly certificate: tls.SelfSignedCert;
}

const YEAR_HOURS = 365 * 24;
const MONTH_HOURS = 30 * 24;

/** Creates a certificate authority with the extensions that the API requires. */
export function createAuthority(name: string): Authority {
  const key = newKey(`${name}-ca`);
  const certificate = new tls.SelfSignedCert(`${name}-ca`, {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: name },
    isCaCertificate: true,
    allowedUses: ["cert_signing", "crl_signing"],
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
    validityPeriodHours: 2 * YEAR_HOURS,
  });
  return { key, certificate };
}

/** A client certificate and its private key. */
export interface Client {
  readonly key: tls.PrivateKey;
  readonly certificate: tls.LocallySignedCert;
}

/** Issues a client certificate. In its last month, the next update renews it. */
export function issueClient(name: string, { key: caKey, certificate: ca }: Authority): Client {
  const key = newKey(name);
  const request = new tls.CertRequest(name, {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: name },
  });
  const certificate = new tls.LocallySignedCert(name, {
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: caKey.privateKeyPem,
    caCertPem: ca.certPem,
    allowedUses: ["digital_signature", "client_auth"],
    setSubjectKeyId: true,
    validityPeriodHours: YEAR_HOURS,
    earlyRenewalHours: MONTH_HOURS,
  });
  return { key, certificate };
}

const newKey = (name: string): tls.PrivateKey =>
  new tls.PrivateKey(name, { algorithm: "ECDSA", ecdsaCurve: "P256" });
