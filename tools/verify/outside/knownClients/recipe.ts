import * as fc from "fast-check";
import { isWeakKey, isWeakSignature, KEY_KINDS } from "../../../../test/emulator/certificates/keyKind";
import type { KeyKind } from "../../../../test/emulator/certificates/keyKind";
import type { ChainVariation } from "../chains/issueChain";
import { chainRecipe, describeRecipe, USUAL_MEMBER } from "../chains/recipe";
import type { AuthorityRecipe, ChainRecipe } from "../chains/recipe";

/** A client as a program knows it. */
export interface KnownClientRecipe {
  readonly chain: ChainRecipe;
  readonly variation: ChainVariation;
  /** Whether the program knows only the CA that issues the client's certificate. */
  readonly isIssuer: boolean;
}

const keyKind: fc.Arbitrary<KeyKind> = fc.oneof(
  { weight: 12, arbitrary: fc.constant("P-256" as const) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(...KEY_KINDS.filter((kind) => !isWeakKey(kind) && !isWeakSignature(kind))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...KEY_KINDS.filter((kind) => isWeakKey(kind) || isWeakSignature(kind))),
  },
);

export const knownClientRecipe: fc.Arbitrary<KnownClientRecipe> = fc
  .record({
    chain: chainRecipe,
    variation: fc.record({
      anchorKey: keyKind,
      intermediateKeys: fc.array(keyKind, { minLength: 4, maxLength: 4 }),
      clientKey: keyKind,
      crossSigned: fc.oneof(
        { weight: 4, arbitrary: fc.constant("no" as const) },
        { weight: 1, arbitrary: fc.constantFrom("first" as const, "last" as const) },
      ),
    }),
    isIssuer: fc.oneof(
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  })
  .map((recipe) => (recipe.isIssuer ? ofIssuer(recipe) : recipe));

/** What a CA will issue is assumed to be usual, and nothing is known about its names. */
function ofIssuer({ chain, variation, isIssuer }: KnownClientRecipe): KnownClientRecipe {
  const { anchor, intermediates } = chain;
  const authorities = [anchor, ...intermediates].map(withoutNames);
  const issuing = asIssuer(authorities.pop() ?? anchor);
  const [above = issuing, ...others] = authorities.length > 0 ? [...authorities, issuing] : [];
  const client = { ...USUAL_MEMBER, name: "client", alternativeNames: [] };
  const usual = (kind: KeyKind): KeyKind => (isWeakSignature(kind) ? "P-256" : kind);
  return {
    chain: { ...chain, anchor: above, intermediates: others, client },
    variation: {
      ...{ crossSigned: variation.crossSigned, clientKey: "P-256", anchorKey: usual(variation.anchorKey) },
      intermediateKeys: variation.intermediateKeys.map(usual),
    },
    isIssuer,
  };
}

function withoutNames(authority: AuthorityRecipe): AuthorityRecipe {
  return authority.nameConstraint?.of === "directory" ? { ...authority, nameConstraint: null } : authority;
}

/** Otherwise the certificate would not be taken for a CA's. */
function asIssuer(authority: AuthorityRecipe): AuthorityRecipe {
  return { ...authority, basicConstraints: "authority", keyUsage: "usual" };
}

/** Whether a key or a digest is too weak for OpenSSL's security level 2, wherever it is. */
export function hasWeakness({ anchorKey, intermediateKeys, clientKey }: ChainVariation): boolean {
  return [anchorKey, ...intermediateKeys, clientKey].some((kind) => isWeakKey(kind) || isWeakSignature(kind));
}

export function describeKnownClient({ chain, variation, isIssuer }: KnownClientRecipe): string {
  const { anchorKey, intermediateKeys, clientKey, crossSigned } = variation;
  const keys = [anchorKey, ...intermediateKeys.slice(0, chain.intermediates.length), clientKey].join(", ");
  return [
    ...(isIssuer ? ["known by its CA"] : []),
    describeRecipe(chain),
    `keys: ${keys}`,
    ...(crossSigned === "no" ? [] : [`cross-signed certificate ${crossSigned}`]),
  ].join("; ");
}
