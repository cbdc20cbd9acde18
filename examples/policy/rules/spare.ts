import { declaredIds } from "../activation";
import type { Activation } from "../activation";

/** There are enough certificates to revoke one while clients with another one keep access. */
export function hasSpare(
  { certificateIds }: Pick<Activation, "certificateIds">,
  minimum: number,
): readonly string[] {
  const count = declaredIds(certificateIds).length;
  if (count >= minimum) return [];
  return [
    `certificateIds has ${count} of at least ${minimum} certificates. ` +
      "Add another one, so that one can be revoked without ending access.",
  ];
}
