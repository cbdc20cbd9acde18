import type { ActivationState } from "../../activation/state";
import type { ChangeAssessment } from "../../clients/changeAssessment";
import { expiryMessage } from "../../clients/messages";
import { rememberedVerdicts, trustToStore } from "../../clients/storedTrust";
import { VerdictTable } from "../../clients/verdictTable";
import { isWithin } from "../../planSummary/expiry";
import { knownClients } from "./argument";
import type { ClientsByName } from "./argument";
import type { ClientTrust } from "./clientTrust";
import type { ResourceClients } from "./resourceClients";
import type { ClientVerdicts } from "./storedVerdicts";

/** The outputs about clients. */
export interface ClientOutputs {
  readonly clientTrust: Readonly<Record<string, ClientTrust>>;
  readonly clientVerdicts: ClientVerdicts;
}

/**
 * What to store about a resource's clients.
 * @param assessment of this update; undefined when the clients were not judged again.
 */
export function clientOutputs(
  { clients, verdicts }: ResourceClients,
  {
    certificateIds,
    unmanagedActiveCertificateIds,
  }: Pick<ActivationState, "certificateIds" | "unmanagedActiveCertificateIds">,
  assessment?: ChangeAssessment,
): ClientOutputs {
  const known = knownClients(clients).clients;
  const inherited = assessment ? assessment.inherited : new Set(verdicts?.inherited);
  const certain = Object.entries({ ...certificateIds, ...unmanagedActiveCertificateIds }).flatMap(
    ([id, state]) => (state === "unverified" ? [] : [id]),
  );
  const active = new Set(certain).union(inherited);
  const remembered = verdicts && rememberedVerdicts(verdicts.trust, known, Date.now() / 1000);
  const trust = trustToStore(known, active, assessment?.groups[0].verdicts ?? new VerdictTable(remembered));
  const keyIdentifiers = {
    ...verdicts?.keyIdentifiers,
    ...Object.fromEntries((assessment?.groups ?? []).flatMap((group) => [...group.keyIdentifiers])),
  };
  return {
    clientTrust: Object.fromEntries(
      Object.entries(trust).map(([name, { subject, expiresAt, trustedBy }]) => [
        name,
        { subject, expiresAt, trustedBy: Object.keys(trustedBy) },
      ]),
    ),
    clientVerdicts: {
      trust,
      keyIdentifiers: Object.fromEntries(
        Object.entries(keyIdentifiers)
          .filter(([id]) => active.has(id))
          .sort(),
      ),
      inherited: [...inherited].sort(),
    },
  };
}

/** Warnings about clients of a state that expire within a number of days; no API call is needed. @param now Unix seconds. */
export function storedExpiries(
  clients: ClientsByName,
  { trust }: Pick<ClientVerdicts, "trust">,
  days: number,
  now: number,
): readonly string[] {
  return knownClients(clients).clients.flatMap((client) => {
    const ends = Object.values(trust[client.name]?.trustedBy ?? {});
    if (ends.length === 0) return [];
    const until = Math.min(client.expiresAt, Math.max(...ends));
    return isWithin(until, days, now) ? [expiryMessage({ client, candidates: [], now }, until)] : [];
  });
}
