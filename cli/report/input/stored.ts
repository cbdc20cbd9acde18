import * as v from "valibot";
import { UNKNOWN } from "../../../provider/resource/resource";
import { idsOf } from "../../../provider/resource/setShapes";
import { formatDay } from "../../../provider/shared/format";
import type { Certificate } from "../model/report";
import { SECRET } from "./preview";
import type { StateProperties } from "./preview";

/** What a state knows of a certificate. */
export type StoredDetails = Pick<Certificate, "name" | "validFrom" | "expires">;

/** The ids of a set; or that they are known only after an upload, or that the engine does not show them. */
export type Ids = readonly string[] | "unknown" | "secret";

/** The dynamic resources keep ids as a map, the plugin's as lists. */
export function idsIn({ certificateIds, unverifiedCertificateIds }: StateProperties): Ids {
  const ids = [...idsOf(certificateIds), ...idsOf(unverifiedCertificateIds)].sort();
  if (certificateIds === SECRET || ids.includes(SECRET)) return "secret";
  return certificateIds === UNKNOWN || ids.includes(UNKNOWN) ? "unknown" : ids;
}

export function areKnown(ids: Ids): ids is readonly string[] {
  return typeof ids !== "string";
}

const certificate = v.object({
  name: v.nullable(v.string()),
  certificateDetails: v.object({ validAt: v.optional(v.number()), expiresAt: v.optional(v.number()) }),
});

/** What a state knows of the certificates of its set, by id. */
export function detailsIn({ certificates }: StateProperties): ReadonlyMap<string, StoredDetails> {
  const parsed = v.safeParse(v.record(v.string(), certificate), certificates);
  const entries = Object.entries(parsed.success ? parsed.output : {});
  return new Map(entries.map(([id, stored]) => [id, known(stored)]));
}

function known({ name, certificateDetails }: v.InferOutput<typeof certificate>): StoredDetails {
  const { validAt, expiresAt } = certificateDetails;
  return {
    name,
    ...(validAt !== undefined && { validFrom: formatDay(validAt) }),
    ...(expiresAt !== undefined && { expires: formatDay(expiresAt) }),
  };
}
