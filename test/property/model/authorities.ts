import { X509Certificate } from "node:crypto";
import "reflect-metadata";
import { BasicConstraintsExtension } from "@peculiar/x509";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";

/** A certificate of the model, with what the model knows about it. */
export interface ModelCertificate {
  readonly pem: string;
  readonly parsed: X509Certificate;
  /** The authority whose certificate it is; undefined for a client's. */
  readonly of: number | undefined;
  readonly issuedBy: number;
  /** How many authorities may stand below it; the client does not count. */
  readonly pathLength: number;
  readonly isExpired: boolean;
}

export interface Authorities {
  /** Each authority's own certificates, and those that the others have issued for it. */
  readonly certificates: readonly ModelCertificate[];
  readonly clients: readonly ModelCertificate[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const EXPIRED = { validFrom: new Date(Date.now() - 2 * DAY_MS), expires: new Date(Date.now() - DAY_MS) };

/** Two authorities have the same name. */
const NAMES = ["a", "a", "b", "c"];
const PATH_LENGTHS = [0, 1, Infinity];

/** Authorities that have all certified one another, with every path length, valid and expired. */
export async function issueAuthorities(): Promise<Authorities> {
  const roots = await Promise.all(NAMES.map((name) => issueCa({ name })));
  const certificates: ModelCertificate[] = [];
  const clients: ModelCertificate[] = [];
  for (const [issuedBy, issuer] of roots.entries()) {
    for (const isExpired of [false, true]) {
      const dates = isExpired ? EXPIRED : {};
      const client = await issueClient(issuer, dates);
      clients.push(model(client.pem, { of: undefined, issuedBy, isExpired, pathLength: Infinity }));
      for (const [of, { name, keys }] of roots.entries()) {
        for (const pathLength of PATH_LENGTHS) {
          const length = pathLength === Infinity ? undefined : pathLength;
          const extensions = [new BasicConstraintsExtension(true, length, true)];
          const issued: Authority = await issueIntermediate(issuer, { name, keys, extensions, ...dates });
          certificates.push(model(issued.pem, { of, issuedBy, isExpired, pathLength }));
        }
      }
    }
  }
  return { certificates, clients };
}

function model(pem: string, known: Omit<ModelCertificate, "pem" | "parsed">): ModelCertificate {
  return { pem, parsed: new X509Certificate(pem), ...known };
}

/** Whether the anchor trusts the client: any order of the presented certificates makes a valid path to it. */
export function modelTrusts(
  client: ModelCertificate,
  presented: readonly ModelCertificate[],
  anchor: ModelCertificate,
): boolean {
  const search = (path: readonly ModelCertificate[]): boolean => {
    const last = path.at(-1);
    if (!last) return false;
    const issuers = [anchor, ...presented].filter(
      (each) => each.of === last.issuedBy && !path.some(({ of }) => of !== undefined && of === each.of),
    );
    return issuers.some((issuer) => {
      const longer = [...path, issuer];
      return issuer === anchor ? isValid(longer) : search(longer);
    });
  };
  return search([client]);
}

function isValid(path: readonly ModelCertificate[]): boolean {
  return path.every((certificate, index) => {
    // An authority's certificate for its own name does not count.
    const below = path.slice(1, index).filter(({ parsed }) => parsed.subject !== parsed.issuer);
    return !certificate.isExpired && (index === 0 || below.length <= certificate.pathLength);
  });
}
