import { CertificateModel } from "./certificateModel";

const NOW = 1_800_000_000;

/** Enough for three calls each way. */
export const USUAL_IDS = Array.from({ length: 25 }, (_, index) => `c${String(index).padStart(2, "0")}`);

/** Days that the others have left; undefined for one that does not say, null for one that is yet to be uploaded. */
const EXTRA_DAYS = {
  expired: -1,
  expiring: 0.5,
  lasting_a_day: 1,
  lasting_three_days: 3,
  without_end: undefined,
  yet_to_come: null,
} as const;

/** Days that one has left when it is uploaded. */
export const NEW_DAYS = 400;

export const EXTRA_IDS: readonly string[] = Object.keys(EXTRA_DAYS);

/** A scope with certificates of every kind. @param active ids that are active, whether or not they still could be. */
export function fleet(active: readonly string[]): CertificateModel {
  const model = new CertificateModel(NOW);
  for (const id of USUAL_IDS) model.upload(id, { days: NEW_DAYS, active: active.includes(id) });
  for (const [id, days] of Object.entries(EXTRA_DAYS)) {
    if (days !== null) model.upload(id, { days, active: active.includes(id) });
  }
  return model;
}
