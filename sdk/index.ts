/**
 * Resources and functions for programs in Node.js, by a dynamic provider, which needs nothing but this package.
 *
 * Times are in Unix seconds. A set of ids ignores order and duplicates.
 *
 * @module pulumi-openai-certificates
 */
import "../provider/shared/requireSupportedNode";
export { Certificate, type CertificateArgs } from "./certificate";
export type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
export { OrgCertificateActivation, type OrgCertificateActivationArgs } from "./orgCertificateActivation";
export {
  getCertificate,
  type GetCertificateArgs,
  getCertificateOutput,
  type GetCertificateOutputArgs,
  getCertificates,
  type GetCertificatesArgs,
  getCertificatesOutput,
  type GetCertificatesOutputArgs,
} from "./lookups";
export {
  ProjectCertificateActivation,
  type ProjectCertificateActivationArgs,
} from "./projectCertificateActivation";
export { TrustedCertificates, type TrustedCertificatesArgs } from "./trustedCertificates";
export type { CertificateState } from "../provider/activation/state";
export type { ListedCertificate } from "../provider/api/schemas";
export type { FoundCertificate } from "../provider/lookup/lookup";
