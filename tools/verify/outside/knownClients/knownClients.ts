import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { judgeClient } from "../../../../provider/clients/judge";
import { parseClient } from "../../../../provider/clients/knownClient";
import { rejectionOf } from "../../../../test/emulator/enforcement/clientCertificate";
import type { Check, Finding, Log } from "../../check";
import { issueChain } from "../chains/issueChain";
import type { IssuedChain } from "../chains/issueChain";
import { verifyWithOpenssl, withOpenssl } from "../chains/openssl";
import type { Opinion } from "../chains/openssl";
import { isTakenByTheApi } from "../chains/recipe";
import { describeKnownClient, hasWeakness, knownClientRecipe } from "./recipe";
import type { KnownClientRecipe } from "./recipe";

const CHAINS = 400;

/** The same chains in each run, but for their keys and serial numbers. */
const SEED = 1;

export const KNOWN_CLIENTS: Check = {
  id: "known-clients",
  subject: "provider: whether a certificate trusts a client whose private key it does not have",
  tool: "openssl verify -purpose sslclient -partial_chain -auth_level 2",
  run: (log) => withOpenssl((folder, version) => compareClients(folder, version, log)),
};

interface Opinions {
  /** About everything that the client presents. */
  readonly openssl: Opinion;
  /** About any part of it: OpenSSL follows one path, and does not look back when that leads nowhere. */
  readonly anyPath: boolean;
  readonly provider: Opinion;
  readonly emulator: boolean;
  readonly milliseconds: number;
}

async function compareClients(folder: string, version: string, log: Log): Promise<Finding> {
  const disagreements: string[] = [];
  const counts = { trusted: 0, emulator: 0, deadEnds: 0, issuers: 0, weak: 0, milliseconds: 0, slowest: 0 };
  for (const recipe of fc.sample(knownClientRecipe, { seed: SEED, numRuns: CHAINS })) {
    const opinions = await opinionsOn(recipe, folder);
    const isEmulated = isTakenByTheApi(recipe.chain) && !hasWeakness(recipe.variation);
    counts.trusted += Number(opinions.anyPath);
    counts.emulator += Number(isEmulated);
    counts.deadEnds += Number(opinions.anyPath !== opinions.openssl.accepts);
    counts.issuers += Number(recipe.isIssuer);
    counts.weak += Number(opinions.provider.reason.includes("weak"));
    counts.milliseconds += opinions.milliseconds;
    counts.slowest = Math.max(counts.slowest, opinions.milliseconds);
    const differs =
      opinions.provider.accepts !== opinions.anyPath ||
      (isEmulated && opinions.provider.accepts !== opinions.emulator);
    if (differs) disagreements.push(`${describeKnownClient(recipe)}: ${JSON.stringify(opinions)}`);
  }
  log(
    `${(counts.milliseconds / CHAINS).toFixed(1)} ms for each check, ${counts.slowest.toFixed(1)} ms at most`,
  );
  const figures = [
    `${CHAINS} chains`,
    `${counts.trusted} trusted`,
    `${counts.weak} with a weak key or digest`,
    `${counts.issuers} known by their CA`,
    `${counts.deadEnds} where OpenSSL follows another path`,
    `${counts.emulator} also decided by the emulator`,
    `${disagreements.length} disagreements`,
  ];
  return { figures: `${version}: ${figures.join(", ")}`, problems: disagreements };
}

async function opinionsOn(recipe: KnownClientRecipe, folder: string): Promise<Opinions> {
  const chain = await issueChain(recipe.chain, recipe.variation);
  const { anchorPem, chainPem } = chain;
  const others = [...new Set(pemsOf(chainPem).slice(1))];
  const openssl = await ask(chain, others, folder);
  const presented = pemsOf(chainPem).map((pem) => new X509Certificate(pem));
  const rejection = rejectionOf(presented, [new X509Certificate(anchorPem)], new Date());
  const pems = recipe.isIssuer ? [chain.issuerPem, ...others] : pemsOf(chainPem);
  return {
    openssl,
    anyPath: openssl.accepts || (await isAnyPartAccepted(chain, others, folder)),
    ...(await opinionOfProvider(pems.join("\n"), anchorPem)),
    emulator: rejection === undefined,
  };
}

async function opinionOfProvider(
  pems: string,
  anchorPem: string,
): Promise<Pick<Opinions, "provider" | "milliseconds">> {
  const startedAt = performance.now();
  const parsed = parseClient("client", pems);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const verdict = await judgeClient(parsed.client, anchorPem, Date.now() / 1000);
  const reason = verdict.trusted ? "" : JSON.stringify(verdict.rejection);
  return {
    provider: { accepts: verdict.trusted, reason },
    milliseconds: performance.now() - startedAt,
  };
}

/** Whether OpenSSL finds a path if it is given less to choose from. */
async function isAnyPartAccepted(
  chain: IssuedChain,
  others: readonly string[],
  folder: string,
): Promise<boolean> {
  for (let bits = 0; bits < 2 ** others.length - 1; bits += 1) {
    const part = others.filter((_pem, index) => (bits >> index) % 2 === 1);
    if ((await ask(chain, part, folder)).accepts) return true;
  }
  return false;
}

function ask(
  { anchorPem, clientPem }: IssuedChain,
  others: readonly string[],
  folder: string,
): Promise<Opinion> {
  const othersPem = [clientPem, ...others].join("\n");
  return verifyWithOpenssl({ anchorPem, clientPem, othersPem }, folder, ["-auth_level", "2"]);
}

function pemsOf(text: string): readonly string[] {
  return text.match(/-+BEGIN[^]+?-+END CERTIFICATE-+/g) ?? [];
}
