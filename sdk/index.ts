import "../provider/shared/requireSupportedNode";
export { Certificate } from "./certificate";
export type { CertificateArgs } from "./certificate";
export type { CertificateActivationArgs } from "./certificateActivation";
export { OrgCertificateActivation } from "./orgCertificateActivation";
export type { OrgCertificateActivationArgs } from "./orgCertificateActivation";
export { getCertificate, getCertificateOutput, getCertificates, getCertificatesOutput } from "./lookups";
export type { GetCertificateArgs, GetCertificatesArgs } from "./lookups";
export { ProjectCertificateActivation } from "./projectCertificateActivation";
export type { ProjectCertificateActivationArgs } from "./projectCertificateActivation";
export { TrustedCertificates } from "./trustedCertificates";
export type { TrustedCertificatesArgs } from "./trustedCertificates";
export type {
  CertificateState,
  FoundCertificate,
  ListedCertificate,
} from "../provider/api/listedCertificate";
