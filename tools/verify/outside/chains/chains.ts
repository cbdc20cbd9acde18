import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { checkClientTrust } from "../../../../provider/clients/checkClientTrust";
import { rejectionOf } from "../../../../test/emulator/enforcement/clientCertificate";
import type { Check, Finding } from "../../check";
import { issueChain } from "./issueChain";
import { verifyWithOpenssl, withOpenssl } from "./openssl";
import type { Opinion } from "./openssl";
import { chainRecipe, describeRecipe, isTakenByTheApi } from "./recipe";
import type { ChainRecipe } from "./recipe";

const CHAINS = 200;

/** The same chains in each run, but for their keys and serial numbers. */
const SEED = 1;

export const CHAIN_CHECK: Check = {
  id: "chains",
  subject: "provider: whether a certificate would lock the caller out; emulator: the same of each request",
  tool: "openssl verify -purpose sslclient -partial_chain",
  run: () => withOpenssl(compareChains),
};

async function compareChains(folder: string, version: string): Promise<Finding> {
  let accepted = 0;
  let ofBoth = 0;
  const disagreements: string[] = [];
  for (const recipe of fc.sample(chainRecipe, { seed: SEED, numRuns: CHAINS })) {
    const opinions = await opinionsOn(recipe, folder);
    if (opinions.openssl.accepts) accepted += 1;
    if (isTakenByTheApi(recipe)) ofBoth += 1;
    if (differ(recipe, opinions))
      disagreements.push(`${describeRecipe(recipe)}: ${JSON.stringify(opinions)}`);
  }
  const counts = [`${CHAINS} chains`, `${accepted} valid`, `${ofBoth} also decided by the emulator`];
  const figures = `${version}: ${counts.join(", ")}, ${disagreements.length} disagreements`;
  const smallest = disagreements.length > 0 ? [await smallestDisagreement(folder)] : [];
  return { figures, problems: [...smallest, ...disagreements] };
}

type Opinions = Readonly<Record<"openssl" | "provider" | "emulator", Opinion>>;

async function opinionsOn(recipe: ChainRecipe, folder: string): Promise<Opinions> {
  const chain = await issueChain(recipe);
  const { anchorPem, chainPem, clientKeyPem } = chain;
  const presented = (chainPem.match(/-+BEGIN[^]+?-+END CERTIFICATE-+/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const trust = await checkClientTrust({ chain: presented, chainPem, keyPem: clientKeyPem }, anchorPem);
  const rejection = rejectionOf(presented, [new X509Certificate(anchorPem)], new Date());
  return {
    openssl: await verifyWithOpenssl({ anchorPem, clientPem: chain.clientPem, othersPem: chainPem }, folder),
    provider: { accepts: trust.trusted, reason: trust.trusted ? "" : trust.reason },
    emulator: { accepts: rejection === undefined, reason: rejection ?? "" },
  };
}

/** The provider has to agree on all chains, the emulator on those of certificates that the API takes. */
function differ(recipe: ChainRecipe, { openssl, provider, emulator }: Opinions): boolean {
  if (openssl.accepts !== provider.accepts) return true;
  return isTakenByTheApi(recipe) && openssl.accepts !== emulator.accepts;
}

/** A chain on which they disagree and in which as little as possible is unusual. */
async function smallestDisagreement(folder: string): Promise<string> {
  const property = fc.asyncProperty(chainRecipe, async (recipe) => {
    const opinions = await opinionsOn(recipe, folder);
    if (differ(recipe, opinions)) throw new Error(JSON.stringify(opinions));
  });
  const { counterexample, errorInstance } = await fc.check(property, { seed: SEED, numRuns: CHAINS });
  const [recipe] = counterexample ?? [];
  const opinions = errorInstance instanceof Error ? errorInstance.message : "";
  return recipe
    ? `smallest disagreement: ${describeRecipe(recipe)}: ${opinions}`
    : "none of them could be repeated";
}
