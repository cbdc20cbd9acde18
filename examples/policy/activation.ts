/** The inputs of an activation, as the provider's `check` returns them to the engine. */
export interface Activation {
  /** A map keyed by id; of the plugin a list of ids. */
  readonly certificateIds: Readonly<Record<string, string>> | readonly string[];
  readonly exclusive: boolean;
  readonly enforcementChange: "warn" | "refuse";
  /** The certificates of the known clients, by their names; absent without any. */
  readonly clients?: Readonly<Record<string, string>>;
  readonly clientLockout?: "refuse" | "warn";
  /** Absent for the organization of `openai-certificates:adminKey`. */
  readonly connection?: string;
}

/** The properties of a certificate that the rules use. */
export interface Certificate {
  readonly id: string;
  readonly name: string | null;
  readonly certificateDetails: { readonly expiresAt?: number };
}

const ACTIVATION =
  /^(?:pulumi-nodejs:dynamic\/openai-certificates|openai-certificates:index):(?:Org|Project)CertificateActivation$/;

/** Whether a type is that of the activations of organizations or projects, of the dynamic provider or of the plugin. */
export function isActivation(type: string): boolean {
  return ACTIVATION.test(type);
}

/** The ids that an activation declares. */
export function declaredIds(certificateIds: Activation["certificateIds"]): readonly string[] {
  return Array.isArray(certificateIds) ? (certificateIds as readonly string[]) : Object.keys(certificateIds);
}

/** The certificates in the outputs of an activation, which are a map keyed by id. */
export function certificatesIn(outputs: Readonly<Record<string, unknown>>): readonly Certificate[] {
  const byId = (outputs["certificates"] ?? {}) as Readonly<Record<string, Omit<Certificate, "id">>>;
  return Object.entries(byId).map(([id, certificate]) => ({ id, ...certificate }));
}
