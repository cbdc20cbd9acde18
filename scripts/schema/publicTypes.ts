import type { CustomResource, OutputInstance } from "@pulumi/pulumi";
import type * as sdk from "../../sdk";
import type * as plugin from "../../sdk/plugin";

/** The arguments of a resource or function without Input. */
type Known<T> = { readonly [K in keyof T]: Plain<T[K]> };
type Plain<T> = T extends OutputInstance<unknown> | Promise<unknown>
  ? never
  : T extends readonly (infer Element)[]
    ? readonly Plain<Element>[]
    : T extends Readonly<Record<string, infer Value>>
      ? string extends keyof T
        ? Readonly<Record<string, Plain<Value>>>
        : T
      : T;

/** The outputs of a resource without Output. */
type Outputs<T extends CustomResource> = {
  readonly [K in keyof Omit<T, keyof CustomResource>]: T[K] extends OutputInstance<infer Value>
    ? Value
    : never;
};

/** The public types of the package from which its schema is composed. */
export interface PublicTypes {
  readonly inputs: {
    readonly OrgCertificateActivation: Known<plugin.OrgCertificateActivationArgs>;
    readonly ProjectCertificateActivation: Known<plugin.ProjectCertificateActivationArgs>;
    readonly Certificate: Known<plugin.CertificateArgs>;
    readonly Provider: Known<plugin.ProviderArgs>;
    readonly getCertificates: Known<plugin.GetCertificatesArgs>;
    readonly getCertificate: Known<plugin.GetCertificateArgs>;
  };
  /** Of the dynamic provider's classes, whose outputs have the doc comments. */
  readonly outputs: {
    readonly OrgCertificateActivation: Outputs<sdk.OrgCertificateActivation>;
    readonly ProjectCertificateActivation: Outputs<sdk.ProjectCertificateActivation>;
    readonly Certificate: Outputs<sdk.Certificate>;
    readonly getCertificates: {
      /** The certificates, in the order of the API. */
      readonly certificates: readonly sdk.ListedCertificate[];
    };
    readonly getCertificate: sdk.FoundCertificate;
  };
  /** What may be given to list existing resources. Programs cannot. */
  readonly lists: {
    readonly OrgCertificateActivation: object;
    readonly ProjectCertificateActivation: {
      /** The ids of the projects to list: this part of the API has no list of projects. Each is verified by one call. */
      readonly projectIds: readonly string[];
    };
    readonly Certificate: {
      /** Whether to list only the active (true) or only the inactive (false) ones. Absent for all. */
      readonly active?: boolean;
    };
  };
  /** What has the descriptions. */
  readonly declarations: {
    readonly OrgCertificateActivation: plugin.OrgCertificateActivation;
    readonly ProjectCertificateActivation: plugin.ProjectCertificateActivation;
    readonly Certificate: plugin.Certificate;
    readonly Provider: plugin.Provider;
    readonly getCertificates: typeof plugin.getCertificates;
    readonly getCertificate: typeof plugin.getCertificate;
  };
}
