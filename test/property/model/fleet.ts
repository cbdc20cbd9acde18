import { CertificateModel } from "./certificateModel";

const NOW = 1_800_000_000;

/** Enough for three activating and three deactivating calls. */
export const USUAL_IDS = Array.from({ length: 25 }, (_, index) => `c${String(index).padStart(2, "0")}`);

/** Days until the other certificates expire; undefined without an expiry date, null for one that is not uploaded yet. */
const EXTRA_DAYS = {
  expired: -1,
  expiring: 0.5,
  lasting_a_day: 1,
  lasting_three_days: 3,
  without_end: undefined,
  yet_to_come: null,
} as const;

/** Days until a certificate expires when it is uploaded. */
export const NEW_DAYS = 400;

export const EXTRA_IDS: readonly string[] = Object.keys(EXTRA_DAYS);

/** A scope with certificates of every kind. @param active the active ids, including expired ones. */
export function fleet(active: readonly string[]): CertificateModel {
  const model = new CertificateModel(NOW);
  for (const id of USUAL_IDS) model.upload(id, { days: NEW_DAYS, active: active.includes(id) });
  for (const [id, days] of Object.entries(EXTRA_DAYS))
    if (days !== null) model.upload(id, { days, active: active.includes(id) });

  return model;
}
