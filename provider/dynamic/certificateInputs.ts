import type { dynamic } from "@pulumi/pulumi";
import { type Anchor, parseAnchor } from "../certificate/anchor";
import { anchorRefusals, endOfValidity, shownSubject } from "../certificate/refusals";
import { isoTime } from "../unixTime";
import { judgeConnection } from "./inputs";
import { type Checked, type Judged, judgeAll, optional, textOf } from "./judge";
import { UNKNOWN } from "./unknown";

/** What `check` hands to the engine. */
export interface CertificateInputs {
  /** The certificate alone, written in one way, so that the engine's own comparison tells the truth. */
  readonly certificate: string;
  /** Absent when the program leaves the name as it is. */
  readonly name?: string | undefined;
  /** The namespace of the settings to speak with; absent for the default one. */
  readonly connection?: string | undefined;
}

type Others = Omit<CertificateInputs, "certificate">;

/** The checked inputs, with what is to be said of them. */
export type CheckedCertificate = Checked<CertificateInputs> & { readonly warnings: readonly string[] };

const judgeTrimmedName = optional(
  textOf(/^\P{Cc}+$/u, "give a name of one line, or leave it out to have none"),
);

/** White space at the ends is removed, as the API may do; otherwise every preview would show a rename. */
function judgeName(given: unknown): Judged<string | undefined> {
  return judgeTrimmedName(typeof given === "string" ? given.trim() : given);
}

/**
 * Checks a program's arguments and normalizes them.
 * @param olds the inputs before. A certificate that was uploaded already stays, however its validity ended meanwhile.
 * @param now Unix seconds.
 */
export function checkCertificate(
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  now: number,
): CheckedCertificate {
  const others = judgeAll<Others>({ name: judgeName, connection: judgeConnection }, news);
  const { certificate, problems, warnings } = judgeCertificate(olds["certificate"], news["certificate"], now);
  const failures = [...problems.map(failure), ...(others.failures ?? [])];
  if (failures.length > 0) return { failures, warnings: [] };
  return { inputs: { certificate, ...others.inputs }, warnings };
}

interface JudgedCertificate {
  readonly certificate: string;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

function judgeCertificate(before: unknown, given: unknown, now: number): JudgedCertificate {
  if (given === UNKNOWN) return { certificate: UNKNOWN, problems: [], warnings: [] };
  const parsed = parseAnchor(given);
  if ("problem" in parsed) return { certificate: "", problems: [parsed.problem], warnings: [] };
  const { anchor } = parsed;
  const certificate = anchor.pem;
  if (certificate !== before) {
    return { certificate, problems: anchorRefusals(anchor, now), warnings: warningsOf(anchor, now) };
  }
  const end = endOfValidity(anchor, now);
  const ended = end === undefined ? [] : [`${shownSubject(anchor)} ${end}; give its successor`];
  return { certificate, problems: [], warnings: [...ended, ...warningsOf(anchor, now)] };
}

function warningsOf(anchor: Anchor, now: number): readonly string[] {
  if (anchor.validAt <= now) return [];
  return [
    `${shownSubject(anchor)} is not valid before ${isoTime(anchor.validAt)}; until then no ` +
      "client certificate that it issued is accepted",
  ];
}

/** The engine prints the value of a property that fails, and this one may be a key: none is named. */
function failure(problem: string): dynamic.CheckFailure {
  return { property: "", reason: `certificate ${problem}` };
}
