import type { Target } from "../session/operation";
import type { Forecast } from "./forecast";
import { targetProperties } from "./target";

/**
 * Lets the program fail the preview of an update, once it is certain that no other resource averts its rejection. Only an
 * update after a check is meant: `pulumi refresh` compares, too, and then nothing of it is declared.
 * @param ids those of the resource.
 */
export function expectRejection(
  target: Target,
  { live: { declarations }, summary: { chunks }, declared }: Forecast,
  ids: ReadonlySet<string>,
  reason: string,
): void {
  if (!ids.isSubsetOf(declared)) return;
  const deactivated = chunks.flatMap((chunk) => (chunk.action === "deactivate" ? chunk.ids : []));
  declarations.expectRejection({ ...targetProperties(target), reason, deactivated });
}
