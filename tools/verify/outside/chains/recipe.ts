import * as fc from "fast-check";

/** How a certificate of a chain is issued. The first value of each choice is the usual one, to which examples shrink. */
export interface MemberRecipe {
  /** Names are few, so that different authorities have the same. */
  readonly name: string;
  readonly validity: "valid" | "expired" | "early";
  readonly signature: "right" | "damaged" | "of another key";
  readonly keyIdentifiers: "both" | "none" | "subject only" | "authority only";
  readonly keyUsage: "usual" | "none" | "other";
  readonly extendedKeyUsage: "none" | "client" | "server" | "client and server" | "any";
  readonly unknownExtension: "none" | "not critical" | "critical";
}

export interface AuthorityRecipe extends MemberRecipe {
  readonly basicConstraints: "authority" | "no authority" | "none";
  readonly pathLength: number | null;
  readonly nameConstraint: NameConstraintRecipe | null;
}

export interface NameConstraintRecipe {
  readonly kind: "permitted" | "excluded";
  readonly of: "dns" | "email" | "directory";
  readonly value: string;
}

export interface ClientRecipe extends MemberRecipe {
  readonly alternativeNames: readonly { readonly type: "dns" | "email"; readonly value: string }[];
}

/** A usual member of a chain. */
export const USUAL_MEMBER: Omit<MemberRecipe, "name"> = {
  validity: "valid",
  signature: "right",
  keyIdentifiers: "both",
  keyUsage: "usual",
  extendedKeyUsage: "none",
  unknownExtension: "none",
};

/** A usual authority. */
export const USUAL_AUTHORITY: Omit<AuthorityRecipe, "name"> = {
  ...USUAL_MEMBER,
  basicConstraints: "authority",
  pathLength: null,
  nameConstraint: null,
};

/** What the client presents after its own certificate. */
export type Arrangement =
  "in order" | "reversed" | "twice" | "without the last" | "with the anchor" | "with a stranger";

/** A trust anchor, a client, and the authorities between them, the upper one first. */
export interface ChainRecipe {
  readonly anchor: AuthorityRecipe;
  /** Whether the anchor is issued by a root that nobody trusts. */
  readonly anchorIsIntermediate: boolean;
  readonly intermediates: readonly AuthorityRecipe[];
  readonly client: ClientRecipe;
  readonly arrangement: Arrangement;
}

/** How much more often the usual value is chosen than each of the others: about half of the chains are to be valid. */
const USUAL_WEIGHT = 100;

function rarely<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  const rare = others.map((value) => ({ weight: 1, arbitrary: fc.constant(value) }));
  return fc.oneof({ weight: USUAL_WEIGHT, arbitrary: fc.constant(usual) }, ...rare);
}

const MEMBER = {
  validity: rarely<MemberRecipe["validity"]>("valid", "expired", "early"),
  signature: rarely<MemberRecipe["signature"]>("right", "damaged", "of another key"),
  keyIdentifiers: fc.oneof(
    { weight: 12, arbitrary: fc.constant("both" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("none" as const, "subject only" as const, "authority only" as const),
    },
  ),
  keyUsage: rarely<MemberRecipe["keyUsage"]>("usual", "none", "other"),
  extendedKeyUsage: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("none" as const, "client" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("server" as const, "client and server" as const, "any" as const),
    },
  ),
  unknownExtension: rarely<MemberRecipe["unknownExtension"]>("none", "not critical", "critical"),
};

const DOMAINS = ["example.com", "example.org", "a.example.com", ".example.com"];

const nameConstraint: fc.Arbitrary<NameConstraintRecipe> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("permitted" as const, "excluded" as const),
    of: fc.constantFrom("dns" as const, "email" as const),
    value: fc.constantFrom(...DOMAINS),
  }),
  fc.record({
    kind: fc.constantFrom("permitted" as const, "excluded" as const),
    of: fc.constant("directory" as const),
    value: fc.constantFrom("CN=a", "CN=client", "O=Acme"),
  }),
);

const authority: fc.Arbitrary<AuthorityRecipe> = fc.record({
  name: fc.constantFrom("a", "b", "c"),
  ...MEMBER,
  basicConstraints: rarely<AuthorityRecipe["basicConstraints"]>("authority", "no authority", "none"),
  pathLength: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  ),
  nameConstraint: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: nameConstraint },
  ),
});

const client: fc.Arbitrary<ClientRecipe> = fc.record({
  name: fc.constantFrom("client", "a", "www.example.com"),
  ...MEMBER,
  alternativeNames: fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant("dns" as const),
        value: fc.constantFrom("a.example.com", "b.example.org"),
      }),
      fc.record({
        type: fc.constant("email" as const),
        value: fc.constantFrom("me@example.com", "me@a.example.com"),
      }),
    ),
    { maxLength: 2 },
  ),
});

export const chainRecipe: fc.Arbitrary<ChainRecipe> = fc.record({
  anchor: authority,
  anchorIsIntermediate: rarely(false, true),
  intermediates: fc.array(authority, { maxLength: 4 }),
  client,
  arrangement: fc.oneof(
    { weight: 3, arbitrary: fc.constant("in order" as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Arrangement>(
        "reversed",
        "twice",
        "with the anchor",
        "with a stranger",
        "without the last",
      ),
    },
  ),
});

/**
 * Whether the certificates are such that the API takes them: it wants key identifiers and the CA flag. Without
 * identifiers OpenSSL may choose an issuer of the same name with another key, and does not look back; and it takes a
 * certificate without basic constraints for an authority if its key usage says so.
 */
export function isTakenByTheApi({ anchor, intermediates, client: leaf }: ChainRecipe): boolean {
  const authorities = [anchor, ...intermediates];
  return (
    [...authorities, leaf].every(({ keyIdentifiers }) => keyIdentifiers === "both") &&
    authorities.every(({ basicConstraints }) => basicConstraints !== "none")
  );
}

/** What of a recipe is unusual, in one line: a usual chain of two intermediates is "2 intermediates". */
export function describeRecipe(recipe: ChainRecipe): string {
  const { anchor, intermediates, client: leaf, arrangement, anchorIsIntermediate } = recipe;
  return [
    `${intermediates.length} intermediates`,
    ...(anchorIsIntermediate ? ["the anchor is issued by a root"] : []),
    ...(arrangement === "in order" ? [] : [`presented ${arrangement}`]),
    ...unusual("anchor", anchor),
    ...intermediates.flatMap((each, index) => unusual(`intermediate ${index + 1}`, each)),
    ...unusual("client", leaf),
  ].join("; ");
}

/** What a recipe has unless it varies something. */
const USUAL: Readonly<Record<string, unknown>> = { ...USUAL_AUTHORITY, alternativeNames: [] };

function unusual(member: string, recipe: AuthorityRecipe | ClientRecipe): readonly string[] {
  return Object.entries(recipe)
    .filter(([property, value]) => JSON.stringify(value) !== JSON.stringify(USUAL[property]))
    .map(([property, value]) => `${member} ${property} ${JSON.stringify(value)}`);
}
