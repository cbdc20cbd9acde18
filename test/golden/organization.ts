import type { Seed } from "../emulator";
import { ids } from "../support/ids";

/** The instant at which all golden previews are made: see test/support/fixedClock.js. */
export const NOW_MS = Date.parse("2026-11-24T12:00:00Z");

const SERVICES = [
  ...[
    "api-gateway",
    "batch",
    "billing",
    "checkout",
    "crm-sync",
    "data-platform",
    "evaluation",
    "helpdesk",
    "internal-chat",
  ],
  ...[
    "ml-research",
    "mobile-backend",
    "moderation",
    "notifications",
    "partner-api",
    "reporting",
    "search",
    "staging",
  ],
  ...["support-bot", "translation", "website"],
];

const seconds = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

const GENERATIONS = [
  {
    suffix: "2026",
    createdAt: seconds("2025-11-03"),
    validAt: seconds("2025-11-01"),
    expiresAt: seconds("2027-01-31"),
  },
  {
    suffix: "eu-2026",
    createdAt: seconds("2026-03-02"),
    validAt: seconds("2026-03-01"),
    expiresAt: seconds("2027-05-31"),
  },
  {
    suffix: "2027",
    createdAt: seconds("2026-11-02"),
    validAt: seconds("2026-11-01"),
    expiresAt: seconds("2028-01-31"),
  },
] as const;

/** From when to when certificates that a case issues are valid. */
export const VALIDITY = {
  validFrom: new Date("2026-11-01T00:00:00Z"),
  expires: new Date("2028-01-31T00:00:00Z"),
};

/** Ids as long as those of the API, numbered, from the first number to the last. */
export function goldenIds(first: number, last: number): string[] {
  return ids(first, last).map((id) => `${id}zUHUeY5Be3eKyDN7rvyoD`);
}

/** Certificates of an organization: three generations of twenty services. */
export function organizationCertificates(): readonly Seed[] {
  return goldenIds(1, GENERATIONS.length * SERVICES.length).flatMap((id, index) => {
    const generation = GENERATIONS[Math.floor(index / SERVICES.length)];
    const service = SERVICES[index % SERVICES.length];
    if (!generation || service === undefined) return [];
    const { suffix, ...dates } = generation;
    return [{ id, name: `${service}-${suffix}`, ...dates }];
  });
}
