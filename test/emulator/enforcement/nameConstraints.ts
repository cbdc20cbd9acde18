import "reflect-metadata";
import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectAlternativeName } from "@peculiar/asn1-x509";
import type { GeneralName, GeneralSubtree, NameConstraints } from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";
import type { PathMember } from "./pathMember";

const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

/** A name of one kind, as constraints compare it. */
type Name =
  | { readonly kind: "dns" | "email"; readonly text: string }
  | { readonly kind: "directory"; readonly parts: readonly string[] }
  /** A kind that is not compared here, which is never allowed once something constrains it. */
  | { readonly kind: "address" | "uri" | "other" };

/**
 * Whether an authority allows the names of all certificates below it, RFC 5280, section 4.2.1.10.
 * @param below from the client upwards.
 */
export function namesAreAllowed(
  constraints: NameConstraints | undefined,
  below: readonly PathMember[],
): boolean {
  if (!constraints) return true;
  const permitted = basesOf(constraints.permittedSubtrees ?? []);
  const excluded = basesOf(constraints.excludedSubtrees ?? []);
  const names = below.flatMap((member, index) =>
    index > 0 && member.isSelfIssued ? [] : namesOf(member, index === 0),
  );
  return names.every((name) => {
    const sameKind = permitted.filter(({ kind }) => kind === name.kind);
    const isPermitted = sameKind.length === 0 || sameKind.some((base) => isWithin(name, base));
    return isPermitted && !excluded.some((base) => isExcluded(name, base));
  });
}

function basesOf(subtrees: Iterable<GeneralSubtree>): readonly Name[] {
  return [...subtrees].map(({ base }) => nameOf(base));
}

function namesOf({ certificate }: PathMember, isClient: boolean): readonly Name[] {
  const extension = certificate.getExtension(SUBJECT_ALTERNATIVE_NAME);
  const alternatives = extension
    ? [...AsnConvert.parse(extension.value, SubjectAlternativeName)].map(nameOf)
    : [];
  const parts = partsOf(certificate.subject);
  const subject: readonly Name[] = parts.length > 0 ? [{ kind: "directory", parts }] : [];
  const hasDns = alternatives.some(({ kind }) => kind === "dns");
  return [...alternatives, ...subject, ...(isClient && !hasDns ? hostNames(certificate) : [])];
}

/** A common name that looks like a host's counts as one where there is no alternative name. */
function hostNames({ subjectName }: x509.X509Certificate): readonly Name[] {
  return subjectName
    .getField("CN")
    .filter((text) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text))
    .map((text) => ({ kind: "dns", text: text.toLowerCase() }));
}

function nameOf(name: GeneralName): Name {
  if (name.dNSName !== undefined) return { kind: "dns", text: name.dNSName.toLowerCase() };
  if (name.rfc822Name !== undefined) return { kind: "email", text: name.rfc822Name.toLowerCase() };
  if (name.directoryName) {
    return {
      kind: "directory",
      parts: partsOf(new x509.Name(AsnConvert.serialize(name.directoryName)).toString()),
    };
  }
  if (name.iPAddress !== undefined) return { kind: "address" };
  return { kind: name.uniformResourceIdentifier === undefined ? "other" : "uri" };
}

/** The parts of a distinguished name, the most general first as in the certificate; case does not matter. */
function partsOf(distinguishedName: string): readonly string[] {
  return new x509.Name(distinguishedName).toJSON().map((part) => JSON.stringify(part).toLowerCase());
}

function isWithin(name: Name, base: Name): boolean {
  if (name.kind === "directory" && base.kind === "directory")
    return base.parts.every((part, index) => part === name.parts[index]);

  if (name.kind === "dns" && base.kind === "dns") {
    return (
      base.text === "" || name.text === base.text || name.text.endsWith(`.${base.text.replace(/^\./, "")}`)
    );
  }
  if (name.kind === "email" && base.kind === "email") {
    const host = name.text.slice(name.text.lastIndexOf("@") + 1);
    if (base.text.includes("@")) return name.text === base.text;
    return base.text.startsWith(".") ? host.endsWith(base.text) : host === base.text;
  }
  return false;
}

function isExcluded(name: Name, base: Name): boolean {
  if (name.kind !== base.kind) return false;
  return isWithin(name, base) || ["address", "uri", "other"].includes(name.kind);
}
