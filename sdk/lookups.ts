import { output, runtime } from "@pulumi/pulumi";
import type { Input, Inputs, Output } from "@pulumi/pulumi";
import type { FoundCertificate, ListedCertificate } from "../provider/api/listedCertificate";
import { whilePending } from "../provider/shared/pendingCalls";

/** The arguments of {@link getCertificates}. */
export interface GetCertificatesArgs {
  /** Whether to return only active (true) or only inactive (false) certificates. Defaults to all. */
  readonly active?: boolean;
  /**
   * The id of the project whose certificates to list, with their state in the project. Defaults to the organization.
   */
  readonly projectId?: string;
  /** The namespace of the settings. Defaults to `"openai-certificates"`. */
  readonly connection?: string;
}

/** The arguments of {@link getCertificate}: exactly one of `id`, `name` and `fingerprint`, and options. */
export interface GetCertificateArgs {
  /** The id of the certificate, such as `cert_abc123`. */
  readonly id?: string;
  /** The name in the dashboard. It must be unique. */
  readonly name?: string;
  /**
   * The SHA-256 fingerprint in hexadecimal, with or without colons. Reads the content of certificates until one
   * matches, with one API call for each.
   */
  readonly fingerprint?: string;
  /** Whether to return the PEM text as `content`, which takes one more API call. Defaults to false. */
  readonly withContent?: boolean;
  /** The namespace of the settings. Defaults to `"openai-certificates"`. */
  readonly connection?: string;
}

type AsInputs<T> = { readonly [K in keyof T]: Input<T[K]> };

/**
 * The arguments of {@link getCertificatesOutput}, which may be Outputs.
 * @interface
 */
export type GetCertificatesOutputArgs = AsInputs<GetCertificatesArgs>;

/**
 * The arguments of {@link getCertificateOutput}, which may be Outputs.
 * @interface
 */
export type GetCertificateOutputArgs = AsInputs<GetCertificateArgs>;

/**
 * Lists the certificates of the organization, or of a project. Makes one API call for each hundred certificates (the API's
 * limit for one page), in each preview and update.
 *
 * @param args Which certificates to list.
 * @returns The certificates in the order of the API.
 * @throws Error when a setting is missing or invalid, or when the API rejects the request.
 */
export async function getCertificates(args: GetCertificatesArgs = {}): Promise<ListedCertificate[]> {
  return whilePending("getCertificates", async () => {
    const lookup = loadLookup();
    lookup.assertArguments("getCertificates", args);
    return lookup.findCertificates(args, args.connection);
  });
}

/**
 * Like {@link getCertificates}, for arguments that are Outputs. An error fails the preview or the update.
 *
 * @param args Which certificates to list.
 * @returns The certificates in the order of the API.
 */
export function getCertificatesOutput(args: GetCertificatesOutputArgs = {}): Output<ListedCertificate[]> {
  return output<Inputs>(args).apply((known) => getCertificates(known as GetCertificatesArgs));
}

/**
 * Finds one certificate of the organization, by exactly one of `id`, `name` and `fingerprint`. Lists the certificates in
 * each preview and update. Fails when no certificate or more than one matches.
 *
 * @param args The property by which to find it.
 * @returns The certificate, with its PEM text as `content` if that was requested or had to be read.
 * @throws Error when no certificate or more than one matches, when not exactly one of `id`, `name` and `fingerprint` is
 * given, or as {@link getCertificates} does.
 */
export async function getCertificate(args: GetCertificateArgs): Promise<FoundCertificate> {
  return whilePending("getCertificate", async () => {
    const lookup = loadLookup();
    lookup.assertArguments("getCertificate", args);
    return lookup.findCertificate(args, args.connection);
  });
}

/**
 * Like {@link getCertificate}, for arguments that are Outputs. An error fails the preview or the update.
 *
 * @param args The property by which to find it.
 * @returns The certificate, as {@link getCertificate} does.
 */
export function getCertificateOutput(args: GetCertificateOutputArgs): Output<FoundCertificate> {
  return output<Inputs>(args).apply((known) => getCertificate(known as GetCertificateArgs));
}

/** Loads the API's client when a function is called: most programs call none. */
function loadLookup(): typeof import("../provider/lookup/lookup") {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const session = require("../provider/session/session") as typeof import("../provider/session/session");
  const lookup = require("../provider/lookup/lookup") as typeof import("../provider/lookup/lookup");
  /* eslint-enable @typescript-eslint/no-require-imports */
  session.configureSession(runtime.getConfig);
  return lookup;
}
