import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { reconcileScope } from "../../provider/activation/reconcileScope";
import { clientJudge } from "../../provider/resource/clients/clientJudge";
import { UserError } from "../../provider/shared/userError";
import { rejectionOf } from "../emulator/enforcement/clientCertificate";
import { issueAuthorities, modelTrusts } from "./model/authorities";
import type { Authorities, ModelCertificate } from "./model/authorities";
import { CertificateModel } from "./model/certificateModel";

/** For more of them: `SEQUENCES=20000 npx jest test/property/clientUpdates`. */
const UPDATES = Math.ceil(Number(process.env["SEQUENCES"] ?? 1_000) / 20);
const TIMEOUT_MS = 60_000 + UPDATES * 1_000;

/** More than a call has room for. */
const IDS = Array.from({ length: 13 }, (_, index) => `cert_${String(index + 1).padStart(2, "0")}`);

let authorities: Authorities;
beforeAll(async () => {
  authorities = await issueAuthorities();
});

/** What a client presents: its certificate, then others. */
type Presented = readonly [ModelCertificate, ...ModelCertificate[]];

/** Positions in lists whose lengths are known only later. */
const position = fc.nat({ max: 9_999 });
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
};
const presentedPositions = fc.tuple(position, fc.array(position, { maxLength: 3 }));

const scenario = fc.record({
  anchors: fc.array(position, { minLength: IDS.length, maxLength: IDS.length }),
  active: fc.subarray(IDS),
  desired: fc.subarray(IDS),
  clients: fc.array(presentedPositions, { minLength: 1, maxLength: 3 }),
});

/** Two calls end enforcement, and one of the certificates trusts the client. */
const ENDING_IN_TWO_CALLS = {
  anchors: [...Array.from({ length: 12 }, () => 0), 27],
  active: IDS.filter((id) => id !== "cert_05" && id !== "cert_09"),
  desired: [],
  clients: [[0, []] as [number, number[]]],
};

test(
  "an update that succeeds locks out no known client, at no moment, and one that would changes nothing",
  async () => {
    const counts = { succeeded: 0, refused: 0, moments: 0 };
    const valid = authorities.certificates.filter(({ isExpired }) => !isExpired);
    const property = fc.asyncProperty(scenario, async ({ anchors, active, desired, clients }) => {
      const anchorOf = new Map(IDS.map((id, index) => [id, at(valid, anchors[index] ?? 0)]));
      const now = Date.now();
      const model = new CertificateModel(now / 1000);
      for (const [id, { pem }] of anchorOf) model.upload(id, { active: active.includes(id), pem });
      const known: readonly Presented[] = clients.map(([first, others]) => [
        at(authorities.clients, first),
        ...others.map((other) => at(valid, other)),
      ]);
      /** By the independent model, with which the emulator has to agree. */
      const canConnect = ([client, ...others]: Presented, ids: ReadonlySet<string>): boolean => {
        const trusting = [...ids].flatMap((id) => anchorOf.get(id) ?? []);
        const trusted = trusting.some((anchor) => modelTrusts(client, others, anchor));
        const rejection = rejectionOf(
          [client, ...others].map(({ parsed }) => parsed),
          trusting.map(({ pem }) => new X509Certificate(pem)),
          new Date(now),
        );
        expect(rejection === undefined).toBe(trusted);
        return ids.size === 0 || trusted;
      };
      const judge = clientJudge({
        ...{ lockout: "refuse", expiryWarningDays: 0 },
        clients: Object.fromEntries(
          known.map((presented, index) => [`client ${index}`, presented.map(({ pem }) => pem).join("")]),
        ),
      });
      const before = new Set(active);
      const after = new Set(desired);
      const lost = known.filter((client) => canConnect(client, before) && !canConnect(client, after));
      const update = reconcileScope(
        model,
        { ids: after, exclusive: true, enforcementChange: "warn" },
        before,
        now,
        judge,
      );
      if (lost.length > 0) {
        counts.refused += 1;
        await expect(update).rejects.toThrow(UserError);
        expect(model.active).toEqual(before);
        return;
      }
      const { failure } = await update;
      expect(failure).toBeUndefined();
      expect(model.active).toEqual(after);
      counts.succeeded += 1;
      const kept = known.filter((client) => canConnect(client, before) && canConnect(client, after));
      for (const call of model.calls) {
        counts.moments += 1;
        for (const client of kept) expect(canConnect(client, call.after)).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: UPDATES, seed: 1, examples: [[ENDING_IN_TWO_CALLS]] });
    // The test would mean little if hardly any update were refused, or hardly any succeeded.
    expect(Math.min(counts.succeeded, counts.refused)).toBeGreaterThan(UPDATES / 10);
    expect(counts.moments).toBeGreaterThan(UPDATES);
  },
  TIMEOUT_MS,
);
