import { declaredIds } from "../activation";
import type { Activation } from "../activation";

/** Clients are declared wherever certificates are active, so that no update locks one out unnoticed. */
export function hasClients({
  certificateIds,
  clients = {},
  clientLockout,
}: Pick<Activation, "certificateIds" | "clients" | "clientLockout">): readonly string[] {
  if (declaredIds(certificateIds).length === 0) return [];
  return [
    ...(Object.keys(clients).length === 0
      ? ["clients is empty. Add the certificate of each client that calls the API."]
      : []),
    ...(clientLockout === "warn"
      ? ['clientLockout is "warn". Remove it, so that an update that would lock out a client fails.']
      : []),
  ];
}
