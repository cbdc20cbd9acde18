import { runtime } from "@pulumi/pulumi";
import type { Input, InvokeOptions, InvokeOutputOptions, Output } from "@pulumi/pulumi";
import type { FoundCertificate, ListedCertificate } from "../../provider/api/listedCertificate";
import type {
  GetCertificateArgs as DynamicGetCertificateArgs,
  GetCertificatesArgs as DynamicGetCertificatesArgs,
} from "../lookups";
import type { WithoutConnection } from "./dynamicTypes";
import { invokeOptions, tokenOf } from "./pluginOptions";

/** The arguments of {@link getCertificates}. */
export type GetCertificatesArgs = WithoutConnection<DynamicGetCertificatesArgs>;

/** The arguments of {@link getCertificate}: exactly one of `id`, `name` and `fingerprint`, and options. */
export type GetCertificateArgs = WithoutConnection<DynamicGetCertificateArgs>;

type AsInputs<T> = { readonly [K in keyof T]: Input<T[K]> };

interface Found {
  readonly certificates: ListedCertificate[];
}

/**
 * Lists certificates. Makes one API call for each hundred, in each preview and update.
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

/** Like {@link getCertificates}, for arguments that are Outputs. */
export function getCertificatesOutput(
  args: AsInputs<GetCertificatesArgs> = {},
  options?: InvokeOutputOptions,
): Output<ListedCertificate[]> {
  return runtime
    .invokeOutput<Found>(tokenOf("getCertificates"), { ...args }, invokeOptions(options))
    .apply(({ certificates }) => certificates.map(withName));
}

/**
 * Finds one certificate of the organization. Lists the certificates in each preview and update.
 * @throws Error when no certificate or more than one matches, or as {@link getCertificates} does.
 */
export async function getCertificate(
  args: GetCertificateArgs,
  options?: InvokeOptions,
): Promise<FoundCertificate> {
  const found: unknown = await runtime.invoke(tokenOf("getCertificate"), { ...args }, invokeOptions(options));
  return withName(found as FoundCertificate);
}

/** Like {@link getCertificate}, for arguments that are Outputs. */
export function getCertificateOutput(
  args: AsInputs<GetCertificateArgs>,
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
