import { runtime } from "@pulumi/pulumi";
import type { InvokeOptions, InvokeOutputOptions, Output } from "@pulumi/pulumi";
import type { FoundCertificate, ListedCertificate } from "../../provider/api/listedCertificate";
import type {
  GetCertificateArgs as DynamicGetCertificateArgs,
  GetCertificateOutputArgs as DynamicGetCertificateOutputArgs,
  GetCertificatesArgs as DynamicGetCertificatesArgs,
  GetCertificatesOutputArgs as DynamicGetCertificatesOutputArgs,
} from "../lookups";
import type { WithoutConnection } from "./dynamicTypes";
import { invokeOptions, tokenOf } from "./pluginOptions";

/**
 * The arguments of {@link getCertificates}.
 * @interface
 */
export type GetCertificatesArgs = WithoutConnection<DynamicGetCertificatesArgs>;

/**
 * The arguments of {@link getCertificate}: exactly one of `id`, `name` and `fingerprint`, and options.
 * @interface
 */
export type GetCertificateArgs = WithoutConnection<DynamicGetCertificateArgs>;

/**
 * The arguments of {@link getCertificatesOutput}, which may be Outputs.
 * @interface
 */
export type GetCertificatesOutputArgs = WithoutConnection<DynamicGetCertificatesOutputArgs>;

/**
 * The arguments of {@link getCertificateOutput}, which may be Outputs.
 * @interface
 */
export type GetCertificateOutputArgs = WithoutConnection<DynamicGetCertificateOutputArgs>;

interface Found {
  readonly certificates: ListedCertificate[];
}

/**
 * Lists the certificates of the organization, or of a project. Makes one API call for each hundred certificates (the API's
 * limit for one page), in each preview and update.
 *
 * @param args Which certificates to list.
 * @param options The provider to use, and other options of Pulumi's functions.
 * @returns The certificates in the order of the API.
 * @throws Error when a setting is missing or invalid, or when the API rejects the request.
 */
export async function getCertificates(
  args: GetCertificatesArgs = {},
  options?: InvokeOptions,
): Promise<ListedCertificate[]> {
  const found = (await runtime.invoke(
    tokenOf("getCertificates"),
    { ...args },
    invokeOptions(options),
  )) as Found;
  return found.certificates.map(withName);
}

/**
 * Like {@link getCertificates}, for arguments that are Outputs. An error fails the preview or the update.
 *
 * @param args Which certificates to list.
 * @param options The provider to use, and other options of Pulumi's functions.
 * @returns The certificates in the order of the API.
 */
export function getCertificatesOutput(
  args: GetCertificatesOutputArgs = {},
  options?: InvokeOutputOptions,
): Output<ListedCertificate[]> {
  return runtime
    .invokeOutput<Found>(tokenOf("getCertificates"), { ...args }, invokeOptions(options))
    .apply(({ certificates }) => certificates.map(withName));
}

/**
 * Finds one certificate of the organization, by exactly one of `id`, `name` and `fingerprint`. Lists the certificates in
 * each preview and update. Fails when no certificate or more than one matches.
 *
 * @param args The property by which to find it.
 * @param options The provider to use, and other options of Pulumi's functions.
 * @returns The certificate, with its PEM text as `content` if that was requested or had to be read.
 * @throws Error when no certificate or more than one matches, when not exactly one of `id`, `name` and `fingerprint` is
 * given, or as {@link getCertificates} does.
 */
export async function getCertificate(
  args: GetCertificateArgs,
  options?: InvokeOptions,
): Promise<FoundCertificate> {
  const found: unknown = await runtime.invoke(tokenOf("getCertificate"), { ...args }, invokeOptions(options));
  return withName(found as FoundCertificate);
}

/**
 * Like {@link getCertificate}, for arguments that are Outputs. An error fails the preview or the update.
 *
 * @param args The property by which to find it.
 * @param options The provider to use, and other options of Pulumi's functions.
 * @returns The certificate, as {@link getCertificate} does.
 */
export function getCertificateOutput(
  args: GetCertificateOutputArgs,
  options?: InvokeOutputOptions,
): Output<FoundCertificate> {
  return runtime
    .invokeOutput<FoundCertificate>(tokenOf("getCertificate"), { ...args }, invokeOptions(options))
    .apply(withName);
}

/** The engine does not transmit null. */
function withName<T extends ListedCertificate>(certificate: T): T {
  return { ...certificate, name: certificate.name ?? null };
}
