/**
 * The same resources and functions for programs that use the provider plugin, and {@link Provider} for another
 * organization. The engine downloads the plugin, or it is installed before.
 *
 * Times are in Unix seconds. A set of ids ignores order and duplicates.
 *
 * @module pulumi-openai-certificates/plugin
 */
import "../../provider/shared/requireSupportedNode";
export { Certificate } from "./certificate";
export type { CertificateArgs } from "./certificate";
export type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
export { getCertificate, getCertificateOutput, getCertificates, getCertificatesOutput } from "./lookups";
export type {
  GetCertificateArgs,
  GetCertificateOutputArgs,
  GetCertificatesArgs,
  GetCertificatesOutputArgs,
} from "./lookups";
export { OrgCertificateActivation } from "./orgCertificateActivation";
export type { OrgCertificateActivationArgs } from "./orgCertificateActivation";
export { ProjectCertificateActivation } from "./projectCertificateActivation";
export type { ProjectCertificateActivationArgs } from "./projectCertificateActivation";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
export { TrustedCertificates } from "./trustedCertificates";
export type { TrustedCertificatesArgs } from "./trustedCertificates";
export type {
  CertificateState,
  CertificateValidity,
  FoundCertificate,
  ListedCertificate,
} from "../../provider/api/listedCertificate";
export type { ClientTrust } from "../../provider/resource/clients/clientTrust";
