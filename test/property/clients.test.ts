import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { assessClients } from "../../provider/clients/assessClients";
import { judgeClient } from "../../provider/clients/judge";
import { parseClient } from "../../provider/clients/knownClient";
import type { KnownClient } from "../../provider/clients/knownClient";
import { outcomesOf } from "../../provider/clients/outcome";
import type { ClientChange } from "../../provider/clients/outcome";
import { reviewClients } from "../../provider/clients/review";
import type { ActiveSet } from "../../provider/clients/standing";
import { NO_VERDICTS } from "../../provider/clients/verdictTable";
import { rejectionOf } from "../emulator/enforcement/clientCertificate";
import { issueAuthorities, modelTrusts } from "./model/authorities";
import type { Authorities, ModelCertificate } from "./model/authorities";
import { worldsOf } from "./model/worlds";

/** For more of them: `SEQUENCES=20000 npx jest test/property/clients`. A chain takes some milliseconds to judge. */
const SEQUENCES = Number(process.env["SEQUENCES"] ?? 1_000);
const CHAINS = Math.ceil(SEQUENCES / 8);
const UPDATES = SEQUENCES * 2;
const ASSESSMENTS = Math.ceil(SEQUENCES / 25);
const TIMEOUT_MS = 60_000 + SEQUENCES * 40;

const NOW = Date.now() / 1000;

let authorities: Authorities;
beforeAll(async () => {
  authorities = await issueAuthorities();
});

function clientOf(name: string, presented: readonly ModelCertificate[]): KnownClient {
  const parsed = parseClient(name, presented.map(({ pem }) => pem).join(""));
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.client;
}

/** Positions in a list whose length is known only later. */
const position = fc.nat({ max: 9_999 });
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
};

/** Usually valid certificates: with many expired ones, hardly any path would be valid. */
const mostlyValid = (certificates: readonly ModelCertificate[], index: number): ModelCertificate =>
  at(
    index % 5 === 0 ? certificates : certificates.filter(({ isExpired }) => !isExpired),
    Math.floor(index / 5),
  );

const presentedPositions = fc.array(position, { maxLength: 6 });

test(
  "the judge, a model and the emulator agree on who is trusted by whom",
  async () => {
    let trusted = 0;
    const property = fc.asyncProperty(position, presentedPositions, position, async (first, others, last) => {
      const client = mostlyValid(authorities.clients, first);
      const presented = others.map((index) => mostlyValid(authorities.certificates, index));
      const anchor = mostlyValid(authorities.certificates, last);
      const verdict = await judgeClient(clientOf("client", [client, ...presented]), anchor.pem, NOW);
      const expected = modelTrusts(client, presented, anchor);
      const chain = [client, ...presented].map(({ parsed }) => parsed);
      const byEmulator = rejectionOf(chain, [new X509Certificate(anchor.pem)], new Date(NOW * 1000));
      if (expected) trusted += 1;
      expect({ judge: verdict.trusted, emulator: byEmulator === undefined }).toEqual({
        judge: expected,
        emulator: expected,
      });
    });
    await fc.assert(property, { numRuns: CHAINS, seed: 1 });
    // The test would mean little if hardly any client were trusted, or each.
    expect(trusted / CHAINS).toBeGreaterThan(0.15);
    expect(trusted / CHAINS).toBeLessThan(0.85);
  },
  TIMEOUT_MS,
);

const IDS = ["a", "b", "c", "d", "e"];
const ids = fc.subarray(IDS);
const activeSet: fc.Arbitrary<ActiveSet> = fc
  .record({ certain: ids, possible: ids, isIncomplete: fc.constantFrom(false, false, false, true) })
  .map(({ certain, possible, isIncomplete }) => ({
    certain: new Set(certain),
    possible: new Set(possible).difference(new Set(certain)),
    isIncomplete,
  }));
const plainSet: fc.Arbitrary<ActiveSet> = ids.map((certain) => ({
  certain: new Set(certain),
  possible: new Set<string>(),
  isIncomplete: false,
}));
const anySet = fc.oneof(plainSet, activeSet);
const knownTrust = fc
  .array(fc.constantFrom(true, false, false, undefined), { minLength: IDS.length, maxLength: IDS.length })
  .map(
    (trusts) =>
      new Map(IDS.flatMap((id, index) => (trusts[index] === undefined ? [] : [[id, trusts[index]]]))),
  );

const CLIENT = "client";

function changeFor(before: ActiveSet, after: ActiveSet, trust: ReadonlyMap<string, boolean>) {
  const verdicts = {
    of: (id: string) => {
      const known = trust.get(id);
      if (known === undefined) return undefined;
      return known
        ? ({ trusted: true, until: NOW * 2 } as const)
        : ({ trusted: false, rejection: { reason: "another issuer" } } as const);
    },
  };
  return outcomesOf([CLIENT], { before, after }, verdicts);
}

test(
  "what is said to be certain holds whatever is not known",
  () => {
    const seen = new Set<ClientChange>();
    const property = fc.property(anySet, anySet, knownTrust, (before, after, trust) => {
      const outcomes = changeFor(before, after, trust);
      const [{ change } = { change: "not determined" as const }] = outcomes;
      seen.add(change);
      const worlds = worldsOf(before, after, trust);
      const every = (holds: (world: (typeof worlds)[number]) => boolean): boolean => worlds.every(holds);
      const isCertain: Readonly<Record<ClientChange, boolean>> = {
        "keeps trust": every((world) => world.before && world.after),
        "gains trust": every((world) => !world.before && world.after),
        "is trusted": every((world) => world.after),
        "loses trust": every((world) => world.before && !world.after),
        "stays rejected": every((world) => !world.before),
        unaffected: every((world) => !world.before || world.after),
        "not determined": true,
      };
      expect({ change, isCertain: isCertain[change] }).toEqual({ change, isCertain: true });
      // A loss that is certain is never left open.
      if (isCertain["loses trust"]) expect(change).toBe("loses trust");
      // An update that needs proof is let through only if it locks nobody out.
      const clients = [{ ...clientOf(CLIENT, [at(authorities.clients, 0)]), expiresAt: NOW * 2 }];
      const { failures } = reviewClients({
        ...{
          outcomes,
          clients,
          candidates: [],
          policy: "refuse",
          needsProof: true,
          expiryWarningDays: 30,
          now: NOW,
        },
      });
      if (failures.length === 0) expect(every((world) => !world.before || world.after)).toBe(true);
    });
    fc.assert(property, { numRuns: UPDATES, seed: 1 });
    expect(seen.size).toBe(7);
  },
  TIMEOUT_MS,
);

test(
  "each content is read at most once, none without need, and what is found out does not depend on the order",
  async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(position, presentedPositions), { minLength: 1, maxLength: 3 }),
      fc.array(position, { minLength: IDS.length, maxLength: IDS.length }),
      fc.tuple(plainSet, plainSet),
      fc.subarray(IDS),
      async (clientPositions, anchors, [before, after], known) => {
        const clients = clientPositions.map(([first, others], index) =>
          clientOf(`client ${index}`, [
            mostlyValid(authorities.clients, first),
            ...others.map((other) => mostlyValid(authorities.certificates, other)),
          ]),
        );
        const pems = new Map(
          IDS.map((id, index) => [id, mostlyValid(authorities.certificates, anchors[index] ?? 0).pem]),
        );
        const contents = new Map([...pems].filter(([id]) => known.includes(id)));
        const reads: string[] = [];
        const assessment = {
          ...{ clients, contents, update: { before, after }, remembered: NO_VERDICTS, now: NOW },
          candidates: IDS.map((id) => ({ id, name: null })),
        };
        const { outcomes } = await assessClients(assessment, async (id) => {
          reads.push(id);
          return pems.get(id);
        });
        const involved = before.certain.union(after.certain);
        expect(new Set(reads).size).toBe(reads.length);
        expect(new Set(reads).isSubsetOf(involved.difference(new Set(known)))).toBe(true);
        // With all contents known from the start, nothing is read, and the outcomes are the same.
        const all = await assessClients({ ...assessment, contents: pems }, () =>
          Promise.reject(new Error("nothing is left to read")),
        );
        const importance = (change: ClientChange): string =>
          ["keeps trust", "gains trust", "is trusted"].includes(change) ? "trusted" : change;
        expect(outcomes.map(({ change }) => importance(change))).toEqual(
          all.outcomes.map(({ change }) => importance(change)),
        );
      },
    );
    await fc.assert(property, { numRuns: ASSESSMENTS, seed: 1 });
  },
  TIMEOUT_MS,
);
