import { type CustomResourceOptions, dynamic, type Input, type Output } from "@pulumi/pulumi";
import { organization } from "./closure";
import type { ListedCertificate } from "../provider/api/shapes";
import { certificatesIn, idsIn } from "./outputs";

/** Arguments of {@link OrgCertificateActivation}. */
export interface OrgCertificateActivationArgs {
  /**
   * The ids of the certificates that are to be active. A set: order and repetition mean nothing. Any element may be an
   * Output. `[]` is allowed and activates none.
   */
  readonly certificateIds: Input<readonly Input<string>[]>;
  /**
   * Whether the organization is to have no other active certificate. When true, every other one is deactivated, and one
   * that somebody activates by hand is drift. Defaults to false: other active certificates are left alone.
   */
  readonly exclusive?: Input<boolean>;
  /**
   * What to do when an apply would turn mutual TLS on (the first active certificate) or off (the last one goes):
   * `"warn"` says so and goes on, `"refuse"` is an error before anything is changed, also of a destroy. Defaults to
   * `"warn"`.
   */
  readonly enforcementChange?: Input<"warn" | "refuse">;
}

/**
 * Keeps a set of certificates active in the OpenAI organization of the admin key.
 *
 * While any certificate is active, the API refuses every request in the organization that presents no client
 * certificate which an active one accepts. Activating the first turns this enforcement on, deactivating the last turns
 * it off.
 *
 * Creating and updating lists the certificates once, activates what is missing and only then deactivates what this
 * resource no longer wants, at most ten ids a call. Ids that are active already are adopted without a call. Deleting
 * deactivates the set; `retainOnDelete` leaves it active, `protect` forbids it.
 */
export class OrgCertificateActivation extends dynamic.Resource {
  /** The ids that this resource keeps active, sorted. */
  declare readonly certificateIds: Output<string[]>;
  /** The certificates of the set with their details, sorted by id. */
  declare readonly certificates: Output<ListedCertificate[]>;
  /** Whether any certificate is active in the organization, and so every request must present one. */
  declare readonly enforced: Output<boolean>;
  /** The ids of certificates that are active in the organization but not in the set, sorted. */
  declare readonly unmanagedActiveCertificateIds: Output<string[]>;
  /** When the first certificate of the set expires, in Unix seconds; undefined when the set is empty. */
  declare readonly earliestExpiresAt: Output<number | undefined>;

  /**
   * @param name the resource's name in the stack.
   * @throws a failure in the preview, before anything is sent, for an argument that cannot be used.
   */
  constructor(name: string, args: OrgCertificateActivationArgs, options?: CustomResourceOptions) {
    const outputs = {
      certificates: undefined,
      enforced: undefined,
      unmanagedActiveCertificateIds: undefined,
      earliestExpiresAt: undefined,
    };
    super(organization, name, { ...args, ...outputs }, options, "openai", "OrgCertificateActivation");
    // The state keys sets by id, so that the engine shows their changes exactly; programs get lists.
    this.certificateIds = this.certificateIds.apply(idsIn);
    this.certificates = this.certificates.apply(certificatesIn);
    this.unmanagedActiveCertificateIds = this.unmanagedActiveCertificateIds.apply(idsIn);
  }
}
