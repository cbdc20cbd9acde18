import type { Verdict } from "../../../provider/clients/rejection";
import type { ActiveSet, Verdicts } from "../../../provider/clients/standing";
import { NOW } from "../activation/given";

export const UNTIL = NOW + 100 * 86_400;

/** Verdicts by client and certificate: `{ batch: { cert_a: true } }`. Others are not known. */
export function verdicts(
  table: Readonly<Record<string, Readonly<Record<string, boolean | Verdict>>>>,
): Verdicts {
  return {
    of: (certificateId, clientName) => {
      const given = table[clientName]?.[certificateId];
      if (typeof given === "object" || given === undefined) return given;
      return given ? { trusted: true, until: UNTIL } : OTHER_ISSUER;
    },
  };
}

const OTHER_ISSUER: Verdict = { trusted: false, rejection: { reason: "another issuer" } };

export function active(ids: readonly string[], more: Partial<ActiveSet> = {}): ActiveSet {
  return { certain: new Set(ids), possible: new Set(), isIncomplete: false, ...more };
}
