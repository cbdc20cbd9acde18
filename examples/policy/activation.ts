/** The inputs of an activation as a policy sees them: what the provider's `check` has made of the program's arguments. */
export interface Activation {
  /** Keyed by id. */
  readonly certificateIds: Readonly<Record<string, string>>;
  readonly exclusive: boolean;
  readonly enforcementChange: "warn" | "refuse";
  /** Absent for the organization of `openai-certificates:adminKey`. */
  readonly connection?: string;
}

/** A certificate as far as the rules look at it. */
export interface Dated {
  readonly id: string;
  readonly name: string | null;
  readonly certificateDetails: { readonly expiresAt?: number };
}

/** Whether a resource is the set of an organization or of a project. */
export function isActivation(type: string): boolean {
  return /^pulumi-nodejs:dynamic\/openai:(?:Org|Project)CertificateActivation$/.test(type);
}

/** The certificates of a state: the outputs of an activation hold them keyed by id. */
export function certificatesIn(outputs: Readonly<Record<string, unknown>>): readonly Dated[] {
  const byId = (outputs["certificates"] ?? {}) as Readonly<Record<string, Omit<Dated, "id">>>;
  return Object.entries(byId).map(([id, certificate]) => ({ id, ...certificate }));
}
