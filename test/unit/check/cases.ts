import type { AssessedClient } from "../../../cli/check/look/assess";
import type { Observed, ObservedScope } from "../../../cli/check/look/look";
import type { CheckReport } from "../../../cli/check/model/report";
import { reportOf, reportWithoutSettings } from "../../../cli/check/model/reportOf";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../provider/api/scope";
import { parseClient } from "../../../provider/clients/knownClient";
import type { Standing } from "../../../provider/clients/standing";
import { issueCa, issueClient } from "../../emulator/certificates/issue";

export const NOW = Date.UTC(2026, 10, 28) / 1000;

const DAY = 86_400;

const SETTINGS = { baseUrl: "https://mtls.api.openai.com/v1", presented: "presented" } as const;

const EXPECTATIONS = { days: 30, requiresEnforcement: true };

/** A certificate of a list. @param days until it expires. */
export function listed(id: string, days: number, active = true): ListedCertificate {
  return {
    id,
    name: `name of ${id}`,
    active,
    certificateDetails: { validAt: NOW - 100 * DAY, expiresAt: NOW + days * DAY },
  };
}

export function organization(...certificates: readonly ListedCertificate[]): ObservedScope {
  return { scope: ORGANIZATION, certificates };
}

export function project(projectId: string, ...certificates: readonly ListedCertificate[]): ObservedScope {
  return { scope: { kind: "project", projectId }, certificates };
}

/** A client with a certificate of its own. @param days until it expires. */
export async function assessed(name: string, standing: Standing, days = 300): Promise<AssessedClient> {
  const dates = { validFrom: new Date((NOW - DAY) * 1000), expires: new Date((NOW + days * DAY) * 1000) };
  const parsed = parseClient(
    name,
    (await issueClient(await issueCa({ name: "unknown" }), { name, ...dates })).pem,
  );
  if ("problem" in parsed) throw new Error(parsed.problem);
  return { client: parsed.client, standing };
}

export function trustedBy(id: string, days = 300): Standing {
  return { kind: "trusted", by: [id], until: NOW + days * DAY };
}

export function observed(
  scopes: readonly ObservedScope[],
  clients: readonly AssessedClient[] = [],
  more: Partial<Observed> = {},
): Observed {
  return { scopes, clients, unreadable: new Map(), ...more };
}

export function reported(given: Observed, expectations = EXPECTATIONS): CheckReport {
  return reportOf(SETTINGS, given, expectations, NOW);
}

/** The reports whose outputs are golden files. */
export const REPORTS: Readonly<Record<string, () => Promise<CheckReport>>> = {
  fine: async () =>
    reported(
      observed(
        [organization(listed("cert_a", 300), listed("cert_old", 5, false)), project("proj_a")],
        [await assessed("billing", trustedBy("cert_a"))],
        { own: await assessed("OPENAI_MTLS_CERT_CHAIN", trustedBy("cert_a")) },
      ),
    ),
  problems: async () =>
    reported(
      observed(
        [
          organization(listed("cert_a", 20), listed("cert_b", -1), listed("cert_c", 300, false)),
          ...["a", "b", "c", "d"].map((name) => project(`proj_${name}`, listed("cert_c", 300))),
        ],
        [
          await assessed("billing", trustedBy("cert_a", 20)),
          await assessed("search", {
            kind: "rejected",
            rejections: [
              { id: "cert_a", rejection: { reason: "another issuer" } },
              { id: "cert_b", rejection: { reason: "expired", subject: "CN=b", at: NOW - DAY } },
            ],
          }),
        ],
      ),
    ),
  "not enforced": async () =>
    reported(
      observed(
        [organization(listed("cert_a", 300, false))],
        [await assessed('a\nb: 100%, "x" \\', { kind: "not enforced" })],
      ),
    ),
  incomplete: async () =>
    reported(
      observed(
        [
          organization(listed("cert_a", 300)),
          { ...project("proj_a"), failure: "GET /organization/projects/proj_a/certificates: HTTP 503" },
        ],
        [await assessed("billing", { kind: "not determined", undecided: ["cert_a"], possibly: [] })],
        { unreadable: new Map([["cert_a", "GET /organization/certificates/cert_a: HTTP 500"]]) },
      ),
    ),
  "no access": async () =>
    reported(
      observed([
        { ...organization(), failure: "GET /organization/certificates: HTTP 401. Check OPENAI_ADMIN_KEY." },
        { ...project("proj_a"), failure: "not listed, because an earlier request failed" },
      ]),
    ),
  "no settings": async () =>
    reportWithoutSettings("no admin key is configured. Set OPENAI_ADMIN_KEY.", EXPECTATIONS, NOW),
};
