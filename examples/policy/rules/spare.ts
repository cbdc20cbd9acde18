import { type Activation } from "../activation";

/** A set has so many certificates that one can be revoked and the others still let everybody in. */
export function hasSpare(
  { certificateIds }: Pick<Activation, "certificateIds">,
  minimum: number,
): readonly string[] {
  const count = Object.keys(certificateIds).length;
  if (count >= minimum) return [];
  return [`the set has ${count} of at least ${minimum} certificates: revoking one could leave none`];
}
