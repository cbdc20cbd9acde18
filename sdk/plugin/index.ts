/**
 * The same resources and functions for programs that use the provider plugin, and {@link Provider} for another
 * organization. The engine downloads the plugin, or it is installed before.
 *
 * Times are in Unix seconds. A set of ids ignores order and duplicates.
 *
 * @module pulumi-openai-certificates/plugin
 */
import "../../provider/shared/requireSupportedNode";
export { Certificate, type CertificateArgs } from "./certificate";
export type { CertificateActivation, CertificateActivationArgs } from "./certificateActivation";
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
