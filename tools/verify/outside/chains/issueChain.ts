import { KeyObject, randomBytes, X509Certificate as DecodedCertificate } from "node:crypto";
import type { webcrypto } from "node:crypto";
import "reflect-metadata";
import { AsnConvert } from "@peculiar/asn1-schema";
import { GeneralName, GeneralSubtree, GeneralSubtrees, Name, NameConstraints } from "@peculiar/asn1-x509";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name as DistinguishedName,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { newKeys, signingAlgorithm } from "../../../../test/emulator/certificates/keyKind";
import type { KeyKind } from "../../../../test/emulator/certificates/keyKind";
import { USUAL_AUTHORITY } from "./recipe";
import type {
  AuthorityRecipe,
  ChainRecipe,
  ClientRecipe,
  MemberRecipe,
  NameConstraintRecipe,
} from "./recipe";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A chain that a recipe describes, in PEM. */
export interface IssuedChain {
  readonly anchorPem: string;
  readonly clientPem: string;
  readonly clientKeyPem: string;
  /** The certificate of the authority that issued the client's. */
  readonly issuerPem: string;
  /** What the client presents: its own certificate and others. */
  readonly chainPem: string;
}

/** What varies apart from the certificates' own fields. */
export interface ChainVariation {
  /** The kinds of the keys of the anchor, the intermediates and the client. */
  readonly anchorKey: KeyKind;
  readonly intermediateKeys: readonly KeyKind[];
  readonly clientKey: KeyKind;
  /** Whether a stranger has certified the client's issuer, too, and where the client presents that certificate. */
  readonly crossSigned: "no" | "first" | "last";
}

const PLAIN: ChainVariation = {
  anchorKey: "P-256",
  intermediateKeys: [],
  clientKey: "P-256",
  crossSigned: "no",
};

interface Issuer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly keyKind: KeyKind;
  readonly pem: string;
}

export async function issueChain(recipe: ChainRecipe, variation = PLAIN): Promise<IssuedChain> {
  const root = recipe.anchorIsIntermediate
    ? await issueAuthority({ ...USUAL_AUTHORITY, name: "root" })
    : undefined;
  const anchor = await issueAuthority(recipe.anchor, root, variation.anchorKey);
  let issuer = anchor;
  const intermediates: string[] = [];
  for (const [index, intermediate] of recipe.intermediates.entries()) {
    issuer = await issueAuthority(intermediate, issuer, variation.intermediateKeys[index]);
    intermediates.unshift(issuer.pem);
  }
  const keys = await newKeys(variation.clientKey);
  const clientPem = await issue(recipe.client, keys, issuer, clientExtensions(recipe.client));
  const stranger = await issueAuthority({ ...USUAL_AUTHORITY, name: "root" });
  const others = [...arranged(recipe, intermediates, anchor, stranger)];
  if (variation.crossSigned !== "no") {
    const recipeOfIssuer = recipe.intermediates.at(-1) ?? recipe.anchor;
    const crossSigned = await issue(
      recipeOfIssuer,
      issuer.keys,
      stranger,
      authorityExtensions(recipeOfIssuer),
    );
    if (variation.crossSigned === "first") others.unshift(crossSigned);
    else others.push(crossSigned);
  }
  return {
    issuerPem: issuer.pem,
    anchorPem: anchor.pem,
    clientPem,
    clientKeyPem: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
    chainPem: clientPem + others.join(""),
  };
}

function arranged(
  { arrangement }: ChainRecipe,
  intermediates: readonly string[],
  anchor: Issuer,
  stranger: Issuer,
): readonly string[] {
  switch (arrangement) {
    case "in order":
      return intermediates;
    case "reversed":
      return intermediates.toReversed();
    case "twice":
      return [...intermediates, ...intermediates];
    case "without the last":
      return intermediates.slice(0, -1);
    case "with the anchor":
      return [...intermediates, anchor.pem];
    case "with a stranger":
      return [stranger.pem, ...intermediates];
  }
}

/** @param issuer none: self-signed. */
async function issueAuthority(
  recipe: AuthorityRecipe,
  issuer?: Issuer,
  keyKind: KeyKind = "P-256",
): Promise<Issuer> {
  const keys = await newKeys(keyKind);
  const { name } = recipe;
  const pem = await issue(recipe, keys, issuer ?? { name, keys, keyKind }, authorityExtensions(recipe));
  return { name, keys, keyKind, pem };
}

async function issue(
  recipe: MemberRecipe,
  keys: webcrypto.CryptoKeyPair,
  issuer: Omit<Issuer, "pem">,
  extensions: readonly Extension[],
): Promise<string> {
  const { notBefore, notAfter } = validityOf(recipe);
  const signingKeys = recipe.signature === "of another key" ? await newKeys(issuer.keyKind) : issuer.keys;
  const { keyIdentifiers } = recipe;
  const identifiers = [
    ...(keyIdentifiers === "both" || keyIdentifiers === "subject only"
      ? [await SubjectKeyIdentifierExtension.create(keys.publicKey)]
      : []),
    ...(keyIdentifiers === "both" || keyIdentifiers === "authority only"
      ? [await AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey)]
      : []),
  ];
  const certificate = await X509CertificateGenerator.create({
    // The first octet stays small: a serial number is a positive integer.
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    subject: [{ CN: [recipe.name] }],
    issuer: [{ CN: [issuer.name] }],
    notBefore,
    notAfter,
    signingAlgorithm: signingAlgorithm(issuer.keyKind),
    publicKey: keys.publicKey,
    signingKey: signingKeys.privateKey,
    extensions: [...extensions, ...commonExtensions(recipe), ...identifiers],
  });
  const der = Buffer.from(certificate.rawData);
  // The last byte belongs to the signature.
  if (recipe.signature === "damaged") der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  return new DecodedCertificate(der).toString();
}

function validityOf({ validity }: MemberRecipe): { readonly notBefore: Date; readonly notAfter: Date } {
  const [from, to] = { valid: [-1, 365], expired: [-2, -1], early: [1, 365] }[validity] as [number, number];
  return { notBefore: new Date(Date.now() + from * DAY_MS), notAfter: new Date(Date.now() + to * DAY_MS) };
}

function authorityExtensions(recipe: AuthorityRecipe): readonly Extension[] {
  const { basicConstraints, pathLength, keyUsage, nameConstraint } = recipe;
  const isAuthority = basicConstraints === "authority";

  const signing: KeyUsageFlags = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
  return [
    ...(basicConstraints === "none"
      ? []
      : [
          new BasicConstraintsExtension(
            isAuthority,
            isAuthority ? (pathLength ?? undefined) : undefined,
            true,
          ),
        ]),
    ...usage(keyUsage, signing, KeyUsageFlags.cRLSign),
    ...(nameConstraint ? [constraint(nameConstraint)] : []),
  ];
}

function clientExtensions({ keyUsage, alternativeNames }: ClientRecipe): readonly Extension[] {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    ...usage(keyUsage, KeyUsageFlags.digitalSignature, KeyUsageFlags.keyEncipherment),
    ...(alternativeNames.length > 0 ? [new SubjectAlternativeNameExtension([...alternativeNames])] : []),
  ];
}

function usage(
  choice: MemberRecipe["keyUsage"],
  usual: KeyUsageFlags,
  other: KeyUsageFlags,
): readonly Extension[] {
  return choice === "none" ? [] : [new KeyUsagesExtension(choice === "usual" ? usual : other, true)];
}

/** Any purpose: RFC 5280, section 4.2.1.12. */
const ANY_PURPOSE = "2.5.29.37.0";

function commonExtensions({ extendedKeyUsage, unknownExtension }: MemberRecipe): readonly Extension[] {
  const { clientAuth, serverAuth } = ExtendedKeyUsage;
  const purposes = {
    none: [],
    client: [clientAuth],
    server: [serverAuth],
    "client and server": [clientAuth, serverAuth],
    any: [ANY_PURPOSE],
  }[extendedKeyUsage];
  const isCritical = unknownExtension === "critical";
  return [
    ...(purposes.length > 0 ? [new ExtendedKeyUsageExtension(purposes)] : []),
    ...(unknownExtension === "none"
      ? []
      : [new Extension("1.3.6.1.4.1.99999.1", isCritical, new Uint8Array([5, 0]))]),
  ];
}

function constraint({ kind, of, value }: NameConstraintRecipe): Extension {
  const base = {
    dns: () => new GeneralName({ dNSName: value }),
    email: () => new GeneralName({ rfc822Name: value }),
    directory: () =>
      new GeneralName({
        directoryName: AsnConvert.parse(new DistinguishedName(value).toArrayBuffer(), Name),
      }),
  }[of]();
  const subtrees = new GeneralSubtrees([new GeneralSubtree({ base })]);
  return new Extension(
    "2.5.29.30",
    true,
    AsnConvert.serialize(new NameConstraints({ [`${kind}Subtrees`]: subtrees })),
  );
}
