import { declaredIds } from "../activation";
import type { Activation } from "../activation";

/** `exclusive` without certificates deactivates all of them and ends mutual TLS, which is most likely a mistake. */
export function exclusiveIsNotEmpty({
  certificateIds,
  exclusive,
}: Pick<Activation, "certificateIds" | "exclusive">): readonly string[] {
  if (!exclusive || declaredIds(certificateIds).length > 0) return [];
  return [
    "exclusive without certificateIds deactivates every certificate. Add the ids of those to keep active.",
  ];
}
