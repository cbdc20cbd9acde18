import { scopeName, type Scope } from "../api/scope";

/**
 * Why ids stay active although a resource no longer lists them, or its set is exclusive.
 * @param released ids that were the resource's.
 * @param others ids that an exclusive set would deactivate.
 */
export function releasedMessages(
  scope: Scope,
  released: ReadonlySet<string>,
  others: ReadonlySet<string>,
): readonly string[] {
  const where = scopeName(scope);
  return [
    ...(released.size > 0
      ? [`${where}: ${sorted(released)} not deactivated: another resource of this program declares it`]
      : []),
    ...(others.size > 0
      ? [
          `${where}: warning: ${sorted(others)} not deactivated although the set is exclusive: another resource of ` +
            "this program declares it. Declare it in one resource, or use exclusive in none.",
        ]
      : []),
  ];
}

function sorted(ids: ReadonlySet<string>): string {
  return [...ids].sort().join(", ");
}
