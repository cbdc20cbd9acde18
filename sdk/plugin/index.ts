import "../../provider/shared/requireSupportedNode";
export { Certificate, type CertificateArgs } from "./certificate";
export type { CertificateActivationArgs } from "./certificateActivation";
export {
  getCertificate,
  type GetCertificateArgs,
  getCertificateOutput,
  getCertificates,
  type GetCertificatesArgs,
  getCertificatesOutput,
} from "./lookups";
export { OrgCertificateActivation, type OrgCertificateActivationArgs } from "./orgCertificateActivation";
export {
  ProjectCertificateActivation,
  type ProjectCertificateActivationArgs,
} from "./projectCertificateActivation";
export { Provider, type ProviderArgs } from "./provider";
export { TrustedCertificates, type TrustedCertificatesArgs } from "./trustedCertificates";
export type { CertificateState } from "../../provider/activation/state";
export type { ListedCertificate } from "../../provider/api/schemas";
export type { FoundCertificate } from "../../provider/lookup/lookup";
