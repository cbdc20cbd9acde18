import type { DeclaredClient } from "../run/declaredClients";
import { parseClient } from "./knownClient";
import type { KnownClient } from "./knownClient";

/** A client that another resource declares, under a name that says where it is from. */
export interface ClientOfOther {
  readonly client: KnownClient;
  readonly lockout: DeclaredClient["lockout"];
}

/**
 * The clients that other resources declare, each once. One that several resources declare is protected if any of them
 * wants that.
 * @param where what messages add to their names: `another resource`, or the project.
 * @param own the clients of the resource itself, which are not repeated unless they are protected only by another one.
 */
export function clientsOfOthers(
  declared: readonly DeclaredClient[],
  where: string,
  own: { readonly clients: readonly KnownClient[]; readonly lockout: DeclaredClient["lockout"] },
): readonly ClientOfOther[] {
  const others = new Map<string, ClientOfOther>();
  const countByName = new Map<string, number>();
  for (const { name, pem, lockout } of declared) {
    const parsed = parseClient(name, pem);
    if (!("client" in parsed)) continue;
    const { client } = parsed;
    const isCovered = own.lockout === "refuse" || lockout === "warn";
    if (isCovered && own.clients.some((each) => isSame(each, client))) continue;
    const key = JSON.stringify([name, client.digest]);
    const known = others.get(key);
    if (known) {
      if (lockout === "refuse") others.set(key, { ...known, lockout });
      continue;
    }
    const number = (countByName.get(name) ?? 0) + 1;
    countByName.set(name, number);
    const label = number === 1 ? `${name} (${where})` : `${name} (${where}, ${number})`;
    others.set(key, { client: { ...client, name: label }, lockout });
  }
  return [...others.values()];
}

function isSame(one: KnownClient, other: KnownClient): boolean {
  return one.name === other.name && one.digest === other.digest;
}
