import { getCertificates } from "pulumi-openai-certificates";
import { type Activation, type Dated } from "./activation";

let listed: ReturnType<typeof getCertificates> | undefined;

/**
 * The certificates of a set as the API has them: one list for all resources, and another one when it was taken before
 * an upload. Undefined without a key, or for a connection whose key is in the stack's configuration.
 * @throws Error when there is a key and the API refuses, because then nothing was judged.
 */
export async function liveCertificates({
  certificateIds,
  connection,
}: Activation): Promise<readonly Dated[] | undefined> {
  if (!process.env["OPENAI_ADMIN_KEY"] || connection !== undefined) return undefined;
  const ids = Object.keys(certificateIds);
  if (ids.length === 0) return [];
  const of = (all: readonly Dated[]) => all.filter(({ id }) => ids.includes(id));
  const found = of(await (listed ??= getCertificates()));
  return found.length === ids.length ? found : of(await (listed = getCertificates()));
}
