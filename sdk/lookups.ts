import { type Input, type Inputs, type Output, output, runtime } from "@pulumi/pulumi";
import { ORGANIZATION } from "../provider/api/scope";
import type { ListedCertificate } from "../provider/api/schemas";
import { DEFAULT_CONNECTION } from "../provider/settings/settings";
import { type FoundCertificate, lookUpAll, lookUpOne, type Query } from "../provider/lookup/lookup";
import { configureSession } from "../provider/session/session";

/** Arguments of {@link getCertificates}. */
export interface GetCertificatesArgs {
  /** Only those that are active, or only those that are not. All, unless given. */
  readonly active?: boolean;
  /** A project: its certificates, and whether each is active there. The organization's, unless given. */
  readonly projectId?: string;
  /** The namespace of the settings to speak with. Defaults to `"openai-certificates"`. */
  readonly connection?: string;
}

/** Arguments of {@link getCertificate}: an id, a name or a fingerprint, and one of them only. */
export interface GetCertificateArgs {
  readonly id?: string;
  /** A name that no other certificate has. */
  readonly name?: string;
  /** The SHA-256 fingerprint, in hexadecimal digits, with or without colons. Reads the texts of certificates, a call each. */
  readonly fingerprint?: string;
  /** Whether its PEM text is wanted, too: a call more. Defaults to false. */
  readonly withContent?: boolean;
  /** The namespace of the settings to speak with. Defaults to `"openai-certificates"`. */
  readonly connection?: string;
}

type AsInputs<T> = { readonly [K in keyof T]: Input<T[K]> };

/**
 * Lists certificates, with one call for each hundred, in previews too.
 * @throws Error when a setting is missing or wrong, or the API refuses.
 */
export async function getCertificates(args: GetCertificatesArgs = {}): Promise<ListedCertificate[]> {
  configureSession(runtime.getConfig);
  const { projectId, active, connection = DEFAULT_CONNECTION } = args;
  const scope = projectId === undefined ? ORGANIZATION : ({ kind: "project", projectId } as const);
  const listed = await lookUpAll(scope, connection);
  return listed.filter((certificate) => active === undefined || certificate.active === active);
}

/** {@link getCertificates} for arguments that may be Outputs. */
export function getCertificatesOutput(args: AsInputs<GetCertificatesArgs> = {}): Output<ListedCertificate[]> {
  return output<Inputs>(args).apply((known) => getCertificates(known as GetCertificatesArgs));
}

/**
 * Finds one certificate of the organization, with one list, in previews too.
 * @throws Error when there is none, or more than one of that name; or as {@link getCertificates}.
 */
export async function getCertificate(args: GetCertificateArgs): Promise<FoundCertificate> {
  configureSession(runtime.getConfig);
  const { withContent = false, connection = DEFAULT_CONNECTION } = args;
  return lookUpOne(queryOf(args), withContent, connection);
}

/** {@link getCertificate} for arguments that may be Outputs. */
export function getCertificateOutput(args: AsInputs<GetCertificateArgs>): Output<FoundCertificate> {
  return output<Inputs>(args).apply((known) => getCertificate(known as GetCertificateArgs));
}

function queryOf({ id, name, fingerprint }: GetCertificateArgs): Query {
  const given = [
    id !== undefined && { id },
    name !== undefined && { name },
    fingerprint !== undefined && { fingerprint },
  ].filter((each) => each !== false);
  const [wanted, ...others] = given;
  if (wanted && others.length === 0) return wanted;
  throw new Error("getCertificate wants an id, a name or a fingerprint, and one of them only");
}
