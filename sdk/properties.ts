import type { Properties } from "../provider/dynamic/protocol";

/**
 * What the engine is given of an activation, by either provider: the arguments, and every output undefined, because the
 * SDK has no property in the program for an output that is not declared here.
 */
export function activationProperties(args: Properties): Properties {
  return {
    certificateIds: undefined,
    ...args,
    certificates: undefined,
    enforced: undefined,
    unmanagedActiveCertificateIds: undefined,
    earliestExpiresAt: undefined,
    clientTrust: undefined,
  };
}

/** The same of a certificate. */
export function certificateProperties(args: Properties): Properties {
  return {
    certificate: undefined,
    name: undefined,
    ...args,
    createdAt: undefined,
    validAt: undefined,
    expiresAt: undefined,
    subject: undefined,
    issuer: undefined,
    serialNumber: undefined,
    fingerprint: undefined,
    isCa: undefined,
  };
}

/**
 * The ids of a map keyed by id, as the state of the dynamic resource holds it, or of a list, as the plugin and the mocks
 * of a program's tests return it; each once, sorted.
 */
export function sortedIds(ids: unknown): string[] {
  return [...new Set<string>(Array.isArray(ids) ? ids : Object.keys(ids ?? {}))].sort();
}
