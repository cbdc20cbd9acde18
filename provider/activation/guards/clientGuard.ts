import type { ListedCertificate } from "../../api/listedCertificate";
import type { Chunk } from "../plan";
import type { ScopeApi } from "../scopeApi";

/** For resources of which nothing is known about clients. */
export const NO_CLIENTS: ClientGuard = { judge: () => Promise.resolve([]) };

/** Protects the clients that the program knows. */
export interface ClientGuard {
  /**
   * Judges what steps mean for the clients, and logs warnings.
   * @returns the certificates that have to be active as long as any is.
   * @throws UserError when the steps would lock out a client.
   */
  judge(
    scoped: ScopeApi,
    chunks: readonly Chunk[],
    listed: readonly ListedCertificate[],
  ): Promise<readonly string[]>;
}
