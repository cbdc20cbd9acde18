import { MAX_IDS_PER_CALL } from "../../../provider/api/limits";

/** The fewest calls that change so many certificates of one scope. */
export function changeCalls(activated: number, deactivated: number): number {
  return Math.ceil(activated / MAX_IDS_PER_CALL) + Math.ceil(deactivated / MAX_IDS_PER_CALL);
}
