import { getCertificates } from "pulumi-openai-certificates";
import { declaredIds } from "./activation";
import type { Activation, Certificate } from "./activation";

let lastList: ReturnType<typeof getCertificates> | undefined;

/**
 * The certificates of an activation as the API reports them. One list serves all resources; a list without an uploaded
 * certificate is requested again. Undefined without OPENAI_ADMIN_KEY, or for a connection whose key is in the stack's
 * configuration.
 * @throws Error when the API rejects the request, so that the policy does not pass unchecked.
 */
export async function liveCertificates({
  certificateIds,
  connection,
}: Activation): Promise<readonly Certificate[] | undefined> {
  if (!process.env["OPENAI_ADMIN_KEY"] || connection !== undefined) return undefined;
  const ids = declaredIds(certificateIds);
  if (ids.length === 0) return [];
  const declaredIn = (all: readonly Certificate[]) => all.filter(({ id }) => ids.includes(id));
  const found = declaredIn(await (lastList ??= getCertificates()));
  return found.length === ids.length ? found : declaredIn(await (lastList = getCertificates()));
}
