import type { Properties } from "../resource/resource";

/**
 * An error that the engine takes for "partially created or updated": it keeps `properties` as the outputs,
 * prints each reason, and calls `update` on the next `pulumi up` although the inputs are equal.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  /** @param properties must carry `__provider`: the engine adds it to results, but not to errors. */
  constructor(
    readonly id: string,
    readonly properties: Properties & { readonly __provider: unknown },
    readonly reasons: readonly string[],
  ) {
    super(reasons[0]);
  }
}
