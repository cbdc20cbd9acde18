import { type Activation } from "../activation";

/** `exclusive` with an empty set deactivates whatever is active: a slip of the pen that ends mutual TLS. */
export function exclusiveIsNotEmpty({
  certificateIds,
  exclusive,
}: Pick<Activation, "certificateIds" | "exclusive">): readonly string[] {
  if (!exclusive || Object.keys(certificateIds).length > 0) return [];
  return ["exclusive with an empty set deactivates every certificate; name those that are to stay"];
}
