import { judgeClient } from "./judge";
import type { KnownClient } from "./knownClient";
import type { Verdict } from "./rejection";
import type { Verdicts } from "./standing";

/** Verdicts as they are found out, certificate by certificate. */
export class VerdictTable implements Verdicts {
  private readonly verdicts = new Map<string, ReadonlyMap<string, Verdict>>();

  /** @param remembered verdicts of an earlier update, which count until the content is known. */
  constructor(private readonly remembered: Verdicts = NO_VERDICTS) {}

  of(certificateId: string, clientName: string): Verdict | undefined {
    return this.verdicts.get(certificateId)?.get(clientName) ?? this.remembered.of(certificateId, clientName);
  }

  /** Judges all clients by the content of a certificate. @param now Unix seconds. */
  async add(id: string, pem: string, clients: readonly KnownClient[], now: number): Promise<void> {
    const verdicts = new Map<string, Verdict>();
    for (const client of clients) verdicts.set(client.name, await judgeClient(client, pem, now));
    this.verdicts.set(id, verdicts);
  }
}

export const NO_VERDICTS: Verdicts = { of: () => undefined };
