/**
 * Resources and functions for programs in Node.js, by a dynamic provider, which needs nothing but this package.
 *
 * Times are in Unix seconds. A set of ids ignores order and duplicates.
 *
 * @module pulumi-openai-certificates
 */
import "../provider/shared/requireSupportedNode";
export { Certificate } from "./certificate";
export type { CertificateArgs } from "./certificate";
export type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
export { OrgCertificateActivation } from "./orgCertificateActivation";
export type { OrgCertificateActivationArgs } from "./orgCertificateActivation";
export { getCertificate, getCertificateOutput, getCertificates, getCertificatesOutput } from "./lookups";
export type {
  GetCertificateArgs,
  GetCertificateOutputArgs,
  GetCertificatesArgs,
  GetCertificatesOutputArgs,
} from "./lookups";
export { ProjectCertificateActivation } from "./projectCertificateActivation";
export type { ProjectCertificateActivationArgs } from "./projectCertificateActivation";
export { TrustedCertificates } from "./trustedCertificates";
export type { TrustedCertificatesArgs } from "./trustedCertificates";
export type {
  CertificateState,
  CertificateValidity,
  FoundCertificate,
  ListedCertificate,
} from "../provider/api/listedCertificate";
export type { ClientTrust } from "../provider/resource/clients/clientTrust";
