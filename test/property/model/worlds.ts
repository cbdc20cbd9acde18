import type { ActiveSet } from "../../../provider/clients/standing";

/** What is known of a client: whether a certificate trusts it, by id. One that is absent is not known. */
export type KnownTrust = ReadonlyMap<string, boolean>;

/** Whether a client can connect before and after an update. */
export interface World {
  readonly before: boolean;
  readonly after: boolean;
}

/**
 * Everything that may be the case for a client: each unknown certificate trusts it or not, each possible one is active or
 * not, and an incomplete set has one more, that does or does not, or none.
 */
export function worldsOf(before: ActiveSet, after: ActiveSet, trust: KnownTrust): readonly World[] {
  const ids = [...before.certain, ...before.possible, ...after.certain, ...after.possible];
  const unknown = [...new Set(ids)].filter((id) => !trust.has(id));
  return subsetsOf(unknown).flatMap((trusting) => {
    const trusts = (id: string): boolean => trust.get(id) ?? trusting.has(id);
    return accesses(before, trusts).flatMap((accessBefore) =>
      accesses(after, trusts).map((accessAfter) => ({ before: accessBefore, after: accessAfter })),
    );
  });
}

function accesses(
  { certain, possible, isIncomplete }: ActiveSet,
  trusts: (id: string) => boolean,
): readonly boolean[] {
  const extras: readonly (boolean | undefined)[] = isIncomplete ? [undefined, true, false] : [undefined];
  const results = subsetsOf([...possible]).flatMap((active) =>
    extras.map((extra) => {
      const opinions = [...certain, ...active].map(trusts).concat(extra === undefined ? [] : [extra]);
      return opinions.length === 0 || opinions.includes(true);
    }),
  );
  return [...new Set(results)];
}

function subsetsOf(ids: readonly string[]): readonly ReadonlySet<string>[] {
  return Array.from(
    { length: 2 ** ids.length },
    (_, bits) => new Set(ids.filter((_id, index) => (bits >> index) % 2 === 1)),
  );
}
