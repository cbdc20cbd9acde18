import * as v from "valibot";
import { parseCaCertificate } from "../../certificate/caCertificate";
import type { PendingUpload } from "../../clients/pendingUploads";
import { UNKNOWN } from "../resource";

/**
 * What the component adds to the arguments of its activation: the uploads whose ids are the last ones of `certificateIds`,
 * in their order. It is not an input of the resource, so nothing of it is stored.
 */
const linkedUploads = v.object({
  certificateIds: v.array(v.unknown()),
  __uploads: v.array(v.object({ name: v.string(), certificate: v.string() })),
});

/** The uploads for which unknown ids of an activation certainly stand. @param given its arguments as the program gave them. */
export function linkedUploadsOf(given: unknown): readonly PendingUpload[] {
  const parsed = v.safeParse(linkedUploads, given);
  if (!parsed.success) return [];
  const { certificateIds, __uploads: uploads } = parsed.output;
  const ids = certificateIds.slice(-uploads.length);
  return uploads.flatMap(({ name, certificate }, index) =>
    ids[index] === UNKNOWN ? [{ name: name.trim(), pem: normalize(certificate) }] : [],
  );
}

/** The text as the upload has it; undefined while it is unknown, or if it is invalid, with which the upload fails. */
function normalize(certificate: string): string | undefined {
  const parsed = certificate === UNKNOWN ? undefined : parseCaCertificate(certificate);
  return parsed && "caCertificate" in parsed ? parsed.caCertificate.pem : undefined;
}
