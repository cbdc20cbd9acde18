import { type CustomResourceOptions, dynamic, type Input, type Output } from "@pulumi/pulumi";
import type { CertificateState } from "../provider/activation/state";
import { sortedIds } from "./outputs";

/** Arguments that the activations of an organization and of a project have in common. */
export interface CertificateActivationArgs {
  /**
   * The ids of the certificates that are to be active. A set: order and repetition mean nothing. Any element may be an
   * Output. `[]` is allowed and activates none.
   */
  readonly certificateIds: Input<readonly Input<string>[]>;
  /**
   * Whether the scope is to have no other active certificate. When true, every other one is deactivated, and one that
   * somebody activates by hand is drift. Defaults to false: other active certificates are left alone.
   */
  readonly exclusive?: Input<boolean>;
  /**
   * What to do when an apply would turn mutual TLS on (the first active certificate) or off (the last one goes):
   * `"warn"` says so and goes on, `"refuse"` is an error before anything is changed, also of a destroy. Defaults to
   * `"warn"`.
   */
  readonly enforcementChange?: Input<"warn" | "refuse">;
  /**
   * Certificates of the set that expire within this many days are warned about in each preview and apply, 0 to 36525.
   * Defaults to 30.
   */
  readonly expiryWarningDays?: Input<number>;
  /**
   * The namespace of the settings to speak with, for another organization than that of `openai-certificates:adminKey`: with
   * `"acme"` the key is `acme:adminKey`. Another one replaces the resource. Defaults to `"openai-certificates"`.
   */
  readonly connection?: Input<string>;
}

/** What the activations of an organization and of a project have in common: one set of active certificates. */
export abstract class CertificateActivation extends dynamic.Resource {
  /** The ids that this resource keeps active, sorted. */
  declare readonly certificateIds: Output<string[]>;
  /** The certificates of the set with their details, sorted by id. */
  declare readonly certificates: Output<Readonly<Record<string, CertificateState>>>;
  /** Whether any certificate is active in the scope, and so every request there must present one. */
  declare readonly enforced: Output<boolean>;
  /** The ids of certificates that are active in the scope but not in the set, sorted. */
  declare readonly unmanagedActiveCertificateIds: Output<string[]>;
  /** When the first certificate of the set expires, in Unix seconds; undefined when the set is empty. */
  declare readonly earliestExpiresAt: Output<number | undefined>;

  protected constructor(
    provider: dynamic.ResourceProvider,
    name: string,
    args: Partial<CertificateActivationArgs>,
    options: CustomResourceOptions | undefined,
    type: string,
  ) {
    const outputs = {
      certificates: undefined,
      enforced: undefined,
      unmanagedActiveCertificateIds: undefined,
      earliestExpiresAt: undefined,
    };
    super(provider, name, { certificateIds: undefined, ...args, ...outputs }, options, "openai", type);
    // The state holds ids as the keys of maps, so that the engine shows their changes exactly. Programs get lists.
    this.certificateIds = this.certificateIds.apply(sortedIds);
    this.unmanagedActiveCertificateIds = this.unmanagedActiveCertificateIds.apply(sortedIds);
  }
}
