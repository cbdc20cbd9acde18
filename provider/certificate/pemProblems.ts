/**
 * Problems of a text that should be certificates in PEM, as the end of a sentence that begins with the name of the argument.
 * None repeats any of the text.
 */

/** The problem of a value that is not a string. */
export function typeProblem(value: unknown, remedy: string): string {
  return value === undefined || value === null
    ? `is missing; ${remedy}`
    : `is of type ${typeof value}, not a string; ${remedy}`;
}

/** @param instead what to provide, such as "the certificate". @param owner who needs the key. */
export function privateKeyProblem(instead: string, owner: "authority" | "client"): string {
  return (
    `contains a private key; provide ${instead} alone. No part of the text was stored, sent or shown. Only the ` +
    `${owner} needs the key: if the text was exposed elsewhere, replace the key and the certificate`
  );
}

/** @param bytes the size of the text. */
export function noCertificateProblem(bytes: number, remedy: string): string {
  return (
    `is ${bytes === 0 ? "empty" : `a text of ${bytes} bytes`} and contains no complete PEM certificate, from ` +
    `-----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----; ${remedy}, not a file name`
  );
}
