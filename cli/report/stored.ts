import * as v from "valibot";
import { UNKNOWN } from "../../provider/dynamic/unknown";
import { day } from "../../provider/review/words";
import type { Row } from "./model";
import type { Properties } from "./preview";

/** What a state knows of a certificate. */
export type Known = Pick<Row, "name" | "validFrom" | "expires">;

/** The ids of a set; undefined when they are not known before the apply. */
export function idsIn({ certificateIds }: Properties): readonly string[] | undefined {
  if (certificateIds === UNKNOWN) return undefined;
  return typeof certificateIds === "object" ? Object.keys(certificateIds ?? {}).sort() : [];
}

const certificate = v.object({
  name: v.nullable(v.string()),
  certificateDetails: v.object({ validAt: v.optional(v.number()), expiresAt: v.optional(v.number()) }),
});

/** What a state knows of the certificates of its set, by id. */
export function detailsIn({ certificates }: Properties): ReadonlyMap<string, Known> {
  const parsed = v.safeParse(v.record(v.string(), certificate), certificates);
  const entries = Object.entries(parsed.success ? parsed.output : {});
  return new Map(entries.map(([id, stored]) => [id, known(stored)]));
}

function known({ name, certificateDetails }: v.InferOutput<typeof certificate>): Known {
  const { validAt, expiresAt } = certificateDetails;
  return {
    name,
    ...(validAt !== undefined && { validFrom: day(validAt) }),
    ...(expiresAt !== undefined && { expires: day(expiresAt) }),
  };
}
