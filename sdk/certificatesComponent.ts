import { ComponentResource } from "@pulumi/pulumi";
import type {
  ComponentResourceOptions,
  CustomResource,
  CustomResourceOptions,
  Input,
  Output,
} from "@pulumi/pulumi";
import type { CertificateState } from "../provider/api/listedCertificate";
import type { CertificateArgs } from "./certificate";
import type { CertificateActivationArgs } from "./certificateActivation";
import type { OrgCertificateActivationArgs } from "./orgCertificateActivation";
import type { ProjectCertificateActivationArgs } from "./projectCertificateActivation";

/** The arguments of the component: those of an activation, and the certificates to upload. */
export interface TrustedCertificatesArgs extends Omit<CertificateActivationArgs, "certificateIds"> {
  /**
   * The PEM texts of the CA certificates to upload and activate, by their names in the dashboard. To rotate a
   * certificate in one update, change its text. To rotate it with an overlap, add the new certificate under another
   * name, and remove the old one in a later update.
   */
  readonly certificates: Readonly<Record<string, Input<string>>>;
  /** The ids of further certificates to keep active, which were uploaded elsewhere. Defaults to none. */
  readonly certificateIds?: readonly Input<string>[];
  /** The id of the project in which to activate the certificates. Defaults to the whole organization. */
  readonly projectId?: Input<string>;
}

type ResourceClass<Args, Resource> = new (
  name: string,
  args: Args,
  options?: CustomResourceOptions,
) => Resource;

/** The classes of the resources that the component creates. */
interface Classes<Upload, Activation> {
  readonly Certificate: ResourceClass<CertificateArgs, Upload>;
  readonly OrgCertificateActivation: ResourceClass<OrgCertificateActivationArgs, Activation>;
  readonly ProjectCertificateActivation: ResourceClass<ProjectCertificateActivationArgs, Activation>;
}

/** What the component uses of an activation. */
interface ActivationOutputs {
  readonly certificateIds: Output<string[]>;
  readonly certificates: Output<Readonly<Record<string, CertificateState>>>;
}

/** Uploads CA certificates and keeps them active, with the classes of the dynamic provider or those of the plugin. */
export abstract class CertificatesComponent<
  Upload extends CustomResource,
  Activation extends ActivationOutputs,
> extends ComponentResource {
  /** The uploaded certificates, by name. */
  readonly uploads: Readonly<Record<string, Upload>>;
  /** The resource that keeps the certificates active. */
  readonly activation: Activation;
  /** The ids of all certificates that this component keeps active, sorted. Includes those uploaded elsewhere. */
  readonly certificateIds: Output<string[]>;
  /** All certificates that this component keeps active, by id. */
  readonly certificates: Output<Readonly<Record<string, CertificateState>>>;

  protected constructor(
    classes: Classes<Upload, Activation>,
    name: string,
    args: TrustedCertificatesArgs,
    options: ComponentResourceOptions | undefined,
  ) {
    super("openai-certificates:index:TrustedCertificates", name, {}, options);
    const { Certificate, OrgCertificateActivation, ProjectCertificateActivation } = classes;
    const { certificates, certificateIds = [], projectId, ...settings } = args;
    const connection = settings.connection === undefined ? {} : { connection: settings.connection };
    const childOptions = { parent: this };
    this.uploads = Object.fromEntries(
      Object.entries(certificates).map(([title, certificate]) => [
        title,
        new Certificate(`${name}-${title}`, { name: title, certificate, ...connection }, childOptions),
      ]),
    );
    const uploaded = Object.values(this.uploads).map(({ id }) => id);
    const active = {
      ...settings,
      certificateIds: [...certificateIds, ...uploaded],
      // Tells a preview what the unknown ids stand for. The provider stores nothing of it.
      ...(settings.clients !== undefined && {
        __uploads: Object.entries(certificates).map(([title, certificate]) => ({ name: title, certificate })),
      }),
    };
    this.activation =
      projectId === undefined
        ? new OrgCertificateActivation(name, active, childOptions)
        : new ProjectCertificateActivation(name, { ...active, projectId }, childOptions);
    this.certificateIds = this.activation.certificateIds;
    this.certificates = this.activation.certificates;
    this.registerOutputs({ certificateIds: this.certificateIds, certificates: this.certificates });
  }
}
