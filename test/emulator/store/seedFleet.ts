import { issueCa } from "../certificates/issue";
import type { Seed } from "./seed";

interface Member {
  readonly id: string;
  readonly name: string;
  readonly createdDaysAgo: number;
  readonly expiresInDays: number;
}

/** The certificates that an organization might have after some years: one expired, one about to expire, none active. */
const FLEET: readonly Member[] = [
  { id: "cert_gateway2024", name: "gateway-2024", createdDaysAgo: 760, expiresInDays: -30 },
  { id: "cert_gateway2025", name: "gateway-2025", createdDaysAgo: 395, expiresInDays: 20 },
  { id: "cert_gateway2026", name: "gateway-2026", createdDaysAgo: 30, expiresInDays: 700 },
  { id: "cert_batch2025", name: "batch-2025", createdDaysAgo: 380, expiresInDays: 350 },
  { id: "cert_batch2026", name: "batch-2026", createdDaysAgo: 28, expiresInDays: 702 },
  { id: "cert_search", name: "search", createdDaysAgo: 300, expiresInDays: 430 },
  { id: "cert_support", name: "support", createdDaysAgo: 280, expiresInDays: 450 },
  { id: "cert_evaluation", name: "evaluation", createdDaysAgo: 260, expiresInDays: 470 },
  { id: "cert_research", name: "research", createdDaysAgo: 220, expiresInDays: 510 },
  { id: "cert_mobile", name: "mobile", createdDaysAgo: 180, expiresInDays: 550 },
  { id: "cert_billing", name: "billing", createdDaysAgo: 140, expiresInDays: 590 },
  { id: "cert_staging", name: "staging", createdDaysAgo: 100, expiresInDays: 630 },
  { id: "cert_pipeline", name: "pipeline", createdDaysAgo: 60, expiresInDays: 670 },
  { id: "cert_breakglass", name: "break-glass", createdDaysAgo: 10, expiresInDays: 3650 },
];

const DAY_MS = 24 * 60 * 60 * 1000;

/** `now` in milliseconds. */
export const seedFleet = (now: number): Promise<Seed[]> =>
  Promise.all(
    FLEET.map(async ({ id, name, createdDaysAgo, expiresInDays }) => {
      const created = new Date(now - createdDaysAgo * DAY_MS);
      const expires = new Date(now + expiresInDays * DAY_MS);
      const { pem } = await issueCa({ name, validFrom: created, expires });
      return { id, name, pem, createdAt: Math.floor(created.getTime() / 1000) };
    }),
  );
