import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { CertificateActivation, type CertificateActivationArgs } from "./certificateActivation";
import { project } from "./serializedProvider";

/** Arguments of {@link ProjectCertificateActivation}. */
export interface ProjectCertificateActivationArgs extends CertificateActivationArgs {
  /** The project in which the certificates are to be active. Another one replaces the resource. */
  readonly projectId: Input<string>;
}

/**
 * Keeps a set of certificates active in one project of the OpenAI organization of the admin key.
 *
 * The same as {@link OrgCertificateActivation}, for the requests of one project: while any certificate is active in the
 * project, the API refuses its requests that present no client certificate which an active one accepts. A project also
 * inherits what is active in the whole organization; what is told here of enforcement is told of the project alone.
 */
export class ProjectCertificateActivation extends CertificateActivation {
  /** The project in which the certificates are active. */
  declare readonly projectId: Output<string>;

  /**
   * @param name the resource's name in the stack.
   * @throws a failure in the preview, before anything is sent, for an argument that cannot be used.
   */
  constructor(name: string, args: ProjectCertificateActivationArgs, options?: CustomResourceOptions) {
    super(project, name, args, options, "ProjectCertificateActivation");
  }

  /**
   * Reads what is active in a project, without managing it.
   * @param connection the namespace of the settings to speak with; `"openai-certificates"` unless given.
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
