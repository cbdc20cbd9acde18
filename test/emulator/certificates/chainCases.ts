import "reflect-metadata";
import { AsnConvert } from "@peculiar/asn1-schema";
import { GeneralName, GeneralSubtree, GeneralSubtrees, Name, NameConstraints } from "@peculiar/asn1-x509";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name as DistinguishedName,
  SubjectAlternativeNameExtension,
} from "@peculiar/x509";
import { issueCa, issueClient, issueIntermediate } from "./issue";
import type { IssuedCertificate, IssueOptions } from "./issue";

/** A client and a trust anchor, and whether the client's path is valid. */
export interface ChainCase {
  readonly name: string;
  readonly accepted: boolean;
  /** Issues the anchor and the client, whose `chainPem` is presented. */
  readonly issue: () => Promise<{ readonly anchor: IssuedCertificate; readonly client: IssuedCertificate }>;
}

const HOUR_MS = 60 * 60 * 1000;
const EXPIRED: IssueOptions = {
  validFrom: new Date(Date.now() - 48 * HOUR_MS),
  expires: new Date(Date.now() - HOUR_MS),
};
const EARLY: IssueOptions = { validFrom: new Date(Date.now() + 24 * HOUR_MS) };

const having = (...extensions: readonly Extension[]): IssueOptions => ({ extensions });
const pathLength = (length: number): IssueOptions =>
  having(new BasicConstraintsExtension(true, length, true));
const purposes = (...usages: readonly ExtendedKeyUsage[]): IssueOptions =>
  having(new ExtendedKeyUsageExtension([...usages]));
const usage = (flags: KeyUsageFlags): IssueOptions => having(new KeyUsagesExtension(flags, true));
const unknown = (critical: boolean): IssueOptions =>
  having(new Extension("1.3.6.1.4.1.99999.1", critical, new Uint8Array([5, 0])));
const dnsName = (value: string): IssueOptions =>
  having(new SubjectAlternativeNameExtension([{ type: "dns", value }]));
const email = (value: string): IssueOptions =>
  having(new SubjectAlternativeNameExtension([{ type: "email", value }]));

function constraints(kind: "permitted" | "excluded", base: Partial<GeneralName>): IssueOptions {
  const subtrees = new GeneralSubtrees([new GeneralSubtree({ base: new GeneralName(base) })]);
  const value = AsnConvert.serialize(new NameConstraints({ [`${kind}Subtrees`]: subtrees }));
  return having(new Extension("2.5.29.30", true, value));
}

const directory = (name: string): Partial<GeneralName> => ({
  directoryName: AsnConvert.parse(new DistinguishedName(name).toArrayBuffer(), Name),
});

/** A client issued by an anchor, or by intermediates if options for them are given, the upper one first. */
function chain(
  name: string,
  accepted: boolean,
  anchorOptions: IssueOptions,
  between: readonly IssueOptions[],
  clientOptions: IssueOptions,
  arrange: (pems: readonly string[]) => readonly string[] = (pems) => pems,
): ChainCase {
  const issueChain: ChainCase["issue"] = async () => {
    const anchor = await issueCa(anchorOptions);
    let issuer = anchor;
    const issued: string[] = [];
    for (const [index, options] of between.entries()) {
      issuer = await issueIntermediate(issuer, { name: `intermediate ${index + 1}`, ...options });
      issued.unshift(issuer.pem);
    }
    const client = await issueClient(issuer, clientOptions);
    return { anchor, client: { ...client, chainPem: client.pem + arrange(issued).join("") } };
  };
  return { name, accepted, issue: issueChain };
}

const { clientAuth, serverAuth } = ExtendedKeyUsage;

/** Whether OpenSSL accepts each: `openssl verify -purpose sslclient -partial_chain`. */
export const CHAIN_CASES: readonly ChainCase[] = [
  chain("a client of the anchor", true, {}, [], {}),
  chain("two intermediates", true, {}, [{}, {}], {}),
  chain("three intermediates in reverse order", true, {}, [{}, {}, {}], {}, (pems) => pems.toReversed()),
  chain("intermediates that are presented twelve times each", true, {}, [{}, {}], {}, (pems) =>
    Array.from({ length: 12 }, () => pems).flat(),
  ),
  chain("repeated intermediates that lead to no anchor", false, {}, [{}, {}], {}, (pems) =>
    Array.from({ length: 12 }, () => pems.slice(0, 1)).flat(),
  ),
  chain("an intermediate that is not presented", false, {}, [{}], {}, () => []),
  chain("a path as long as the anchor allows", true, pathLength(1), [pathLength(0)], {}),
  chain("a path longer than the anchor allows", false, pathLength(0), [{}], {}),
  chain("a path longer than an intermediate allows", false, {}, [pathLength(0), {}], {}),
  chain("a permitted DNS name", true, constraints("permitted", { dNSName: "example.com" }), [], {
    ...dnsName("a.example.com"),
  }),
  chain("a DNS name that is not permitted", false, constraints("permitted", { dNSName: "example.com" }), [], {
    ...dnsName("a.example.org"),
  }),
  chain("a DNS name that only ends alike", false, constraints("permitted", { dNSName: "example.com" }), [], {
    ...dnsName("badexample.com"),
  }),
  chain("an excluded DNS name", false, {}, [constraints("excluded", { dNSName: "example.com" })], {
    ...dnsName("a.example.com"),
  }),
  chain(
    "a common name that is an excluded host",
    false,
    constraints("excluded", { dNSName: "example.com" }),
    [],
    {
      name: "a.example.com",
    },
  ),
  chain(
    "a DNS name where only e-mail is constrained",
    true,
    constraints("permitted", { rfc822Name: "example.com" }),
    [],
    {
      ...dnsName("a.example.org"),
    },
  ),
  chain("a permitted e-mail address", true, constraints("permitted", { rfc822Name: "example.com" }), [], {
    ...email("me@example.com"),
  }),
  chain(
    "an e-mail address that is not permitted",
    false,
    constraints("permitted", { rfc822Name: "example.com" }),
    [],
    {
      ...email("me@example.org"),
    },
  ),
  chain("a permitted subject", true, constraints("permitted", directory("CN=client")), [], {}),
  chain("a subject that is not permitted", false, constraints("permitted", directory("O=Acme")), [], {}),
  chain("an excluded subject", false, constraints("excluded", directory("CN=client")), [], {}),
  chain("an anchor for clients and servers", true, purposes(clientAuth, serverAuth), [], {}),
  chain("an anchor for servers only", false, purposes(serverAuth), [], {}),
  chain("an intermediate for clients only", true, {}, [purposes(clientAuth)], {}),
  chain("an intermediate for servers only", false, {}, [purposes(serverAuth)], {}),
  chain("a client certificate for servers only", false, {}, [], purposes(serverAuth)),
  chain(
    "a client certificate without digital signature",
    false,
    {},
    [],
    usage(KeyUsageFlags.keyEncipherment),
  ),
  chain("an intermediate without certificate sign", false, {}, [usage(KeyUsageFlags.cRLSign)], {}),
  chain(
    "an intermediate that is not an authority",
    false,
    {},
    [having(new BasicConstraintsExtension(false))],
    {},
  ),
  chain("unknown extensions that are not critical", true, unknown(false), [unknown(false)], unknown(false)),
  chain("an unknown critical extension of the client", false, {}, [], unknown(true)),
  chain("an unknown critical extension of an intermediate", false, {}, [unknown(true)], {}),
  chain("an unknown critical extension of the anchor", false, unknown(true), [], {}),
  chain("an expired client", false, {}, [], EXPIRED),
  chain("an expired intermediate", false, {}, [EXPIRED], {}),
  chain("an expired anchor", false, EXPIRED, [], {}),
  chain("a client that is not valid yet", false, {}, [], EARLY),
  {
    name: "an expired intermediate next to its renewal",
    accepted: true,
    issue: async () => {
      const anchor = await issueCa();
      const expired = await issueIntermediate(anchor, EXPIRED);
      const renewed = await issueIntermediate(anchor, { keys: expired.keys });
      const client = await issueClient(renewed);
      return { anchor, client: { ...client, chainPem: client.pem + expired.pem + renewed.pem } };
    },
  },
  {
    // In the other order OpenSSL takes the other authority's and does not look back.
    name: "an intermediate that two authorities have certified, the anchor's first",
    accepted: true,
    issue: async () => {
      const anchor = await issueCa();
      const own = await issueIntermediate(await issueCa({ name: "another" }));
      const crossSigned = await issueIntermediate(anchor, { keys: own.keys });
      const client = await issueClient(own);
      return { anchor, client: { ...client, chainPem: client.pem + crossSigned.pem + own.pem } };
    },
  },
  {
    name: "an anchor that is itself an intermediate",
    accepted: true,
    issue: async () => {
      const anchor = await issueIntermediate(await issueCa());
      return { anchor, client: await issueClient(anchor) };
    },
  },
  {
    name: "another anchor",
    accepted: false,
    issue: async () => ({
      anchor: await issueCa({ name: "another" }),
      client: await issueClient(await issueCa()),
    }),
  },
  {
    name: "an anchor of the same name with another key",
    accepted: false,
    issue: async () => ({ anchor: await issueCa(), client: await issueClient(await issueCa()) }),
  },
  {
    name: "an anchor of the same name that only the signature distinguishes",
    accepted: false,
    issue: async () => ({
      anchor: await issueCa({ without: "key-identifiers" }),
      client: await issueClient(await issueCa({ without: "key-identifiers" })),
    }),
  },
  {
    name: "a chain that ends in a root of its own",
    accepted: false,
    issue: async () => {
      const root = await issueCa({ name: "root" });
      const client = await issueClient(root);
      return { anchor: await issueCa(), client: { ...client, chainPem: client.pem + root.pem } };
    },
  },
];
