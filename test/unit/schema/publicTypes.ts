import type { CustomResource, Unwrap } from "@pulumi/pulumi";
import type {
  Certificate as CertificateResource,
  CertificateArgs,
  FoundCertificate,
  GetCertificateArgs,
  GetCertificatesArgs,
  ListedCertificate,
  OrgCertificateActivation as OrgResource,
  OrgCertificateActivationArgs,
  ProjectCertificateActivation as ProjectResource,
  ProjectCertificateActivationArgs,
} from "../../../sdk";
import type { ProviderArgs } from "../../../sdk/plugin";

/**
 * The public types of the package, in the form in which the schema describes them: without Input and Output, without
 * what every Pulumi resource has, and without `connection`, which explicit providers replace.
 */
type Known<T> = { readonly [K in keyof T as K extends "connection" ? never : K]: Unwrap<T[K]> };
type Outputs<T extends CustomResource> = Known<Omit<T, keyof CustomResource>>;

export interface PublicTypes {
  readonly inputs: {
    readonly OrgCertificateActivation: Known<OrgCertificateActivationArgs>;
    readonly ProjectCertificateActivation: Known<ProjectCertificateActivationArgs>;
    readonly Certificate: Known<CertificateArgs>;
    readonly Provider: Known<ProviderArgs>;
    readonly getCertificates: Known<GetCertificatesArgs>;
    readonly getCertificate: Known<GetCertificateArgs>;
  };
  readonly outputs: {
    readonly OrgCertificateActivation: Outputs<OrgResource>;
    readonly ProjectCertificateActivation: Outputs<ProjectResource>;
    readonly Certificate: Outputs<CertificateResource>;
    readonly getCertificates: { readonly certificates: readonly ListedCertificate[] };
    readonly getCertificate: FoundCertificate;
  };
}
