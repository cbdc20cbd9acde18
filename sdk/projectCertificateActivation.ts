import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { CertificateActivation } from "./certificateActivation";
import type { CertificateActivationArgs } from "./certificateActivation";

/** The arguments of {@link ProjectCertificateActivation}. */
export interface ProjectCertificateActivationArgs extends CertificateActivationArgs {
  /**
   * The id of the project, such as `proj_abc123`. Changing this forces replacement: the certificates are activated in
   * the new project before they are deactivated in the old one.
   */
  readonly projectId: Input<string>;
}

/**
 * Keeps certificates active in one project of the OpenAI organization of the admin key.
 *
 * Works like {@link OrgCertificateActivation}, but for the requests to one project. A project also inherits the active
 * certificates of the organization. The output `enforced` and the messages about enforcement consider the project's own
 * certificates only.
 */
export class ProjectCertificateActivation extends CertificateActivation {
  /** The id of the project. */
  declare readonly projectId: Output<string>;

  /**
   * An invalid argument fails the preview, before any request is sent.
   *
   * @param name The name of the resource in the stack.
   * @param args The project, and the certificates to keep active in it.
   * @param options Options that every Pulumi resource has, such as `protect` and `retainOnDelete`.
   */
  constructor(name: string, args: ProjectCertificateActivationArgs, options?: CustomResourceOptions) {
    super("ProjectCertificateActivation", name, args, options);
  }

  /**
   * Reads the active certificates of a project without managing them. Makes one API call for each hundred
   * certificates. The preview and the update fail when the API rejects it, as for a project that does not exist.
   *
   * @param name The name of the resource in the stack.
   * @param projectId The id of the project, such as `proj_abc123`.
   * @param connection The namespace of the settings. Defaults to `"openai-certificates"`.
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  static get(
    name: string,
    projectId: string,
    connection?: string,
    options?: CustomResourceOptions,
  ): ProjectCertificateActivation {
    const args = { projectId, ...(connection !== undefined && { connection }) };
    return new ProjectCertificateActivation(name, args as ProjectCertificateActivationArgs, {
      ...options,
      id: projectId,
    });
  }
}
