import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import type {
  ProjectCertificateActivation as DynamicActivation,
  ProjectCertificateActivationArgs as DynamicActivationArgs,
} from "../projectCertificateActivation";
import { CertificateActivation } from "./certificateActivation";
import type { OutputsOf, WithoutConnection } from "./dynamicTypes";

/**
 * The arguments of {@link ProjectCertificateActivation}.
 * @interface
 */
export type ProjectCertificateActivationArgs = WithoutConnection<DynamicActivationArgs>;

/**
 * Keeps certificates active in one project of the OpenAI organization of the admin key.
 *
 * Works like {@link OrgCertificateActivation}, but for the requests to one project. A project also inherits the active
 * certificates of the organization. The output `enforced` and the messages about enforcement consider the project's own
 * certificates only.
 *
 * Import it by the id of the project, such as `proj_abc123`. The resource then manages all certificates that are active
 * in the project.
 */
export class ProjectCertificateActivation
  extends CertificateActivation
  implements OutputsOf<DynamicActivation>
{
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
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  static get(name: string, projectId: string, options?: CustomResourceOptions): ProjectCertificateActivation {
    const args: Partial<ProjectCertificateActivationArgs> = { projectId };
    return new ProjectCertificateActivation(name, args as ProjectCertificateActivationArgs, {
      ...options,
      id: projectId,
    });
  }
}
