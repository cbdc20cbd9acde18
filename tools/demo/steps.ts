import { isDeepStrictEqual } from "node:util";
import type { Emulator } from "../../test/emulator";
import type { Seed } from "../../test/emulator/store/seed";
import type { Budget } from "./budgetTable";
import { clientsOfDemo } from "./clients";
import type { RootStack } from "./rootStack";

/** One step of the demo. */
export interface Step {
  readonly title: string;
  /** What the output of the step shows. */
  readonly description: string;
  readonly budget: Budget;
  /** @returns A description of the failure, or undefined when the step passed. */
  run(stack: RootStack, emulator: Emulator): Promise<string | undefined>;
}

const TEAMS = ["batch", "billing", "chat", "edge", "eval", "gateway", "ingest", "mobile"];
/** The certificates uploaded to the demo's organization. */
export const FLEET = TEAMS.flatMap((team) => [`${team}-2026`, `${team}-2027`]);

const NOW = Math.floor(Date.now() / 1000);
const YEAR = 365 * 24 * 60 * 60;

export function seedOf(name: string): Seed {
  return { id: idOf(name), name, validAt: NOW - YEAR / 2, expiresAt: NOW + YEAR, createdAt: NOW - YEAR / 2 };
}

function idOf(name: string): string {
  return `cert_${name.replace("-", "")}`;
}

const FIRST = FLEET.slice(0, 13).map(idOf);
/** Two added, three removed. */
const SECOND = [...FIRST.slice(3), ...FLEET.slice(13, 15).map(idOf)];
const [OLD, NEXT] = [idOf("partner-2026"), idOf("partner-2027")];
const DEACTIVATED = idOf("gateway-2026");

export const STEPS: readonly Step[] = [
  {
    title: "First preview",
    description:
      "Each certificate to activate, with its expiry, and the change of enforcement. No changes are made yet.",
    budget: { list: 1 },
    async run(stack, emulator) {
      await stack.setIds(FIRST);
      await stack.show("preview", "--diff");
      return activeAre(emulator, []);
    },
  },
  {
    title: "First update",
    description: "13 ids need two calls, because the API accepts ten ids in one call.",
    budget: { list: 1, activate: 2 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, FIRST);
    },
  },
  {
    title: "Outputs",
    description: "The name and dates of each certificate, by id, and the earliest expiry.",
    budget: {},
    async run(stack) {
      const { certificates, enforced } = await stack.showOutputs();
      const shown = Object.keys(certificates ?? {}).sort();
      return isDeepStrictEqual(shown, FIRST.toSorted()) && enforced === true
        ? undefined
        : "the outputs do not show the 13 certificates and enforcement";
    },
  },
  {
    title: "Preview of a rotation",
    description: "Two ids with + and three with -, and no others: the change that a reviewer approves.",
    budget: { list: 1 },
    async run(stack) {
      await stack.setIds(SECOND);
      const signs = (await stack.show("preview", "--diff")).match(/^ *[+-] cert_\w+ *: "active"/gm) ?? [];
      return signs.length === 5 ? undefined : `the preview shows ${signs.length} changed ids, not 5`;
    },
  },
  {
    title: "Rotation",
    description: "Two certificates are activated before the three others are deactivated.",
    budget: { list: 1, activate: 1, deactivate: 1 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, SECOND);
    },
  },
  {
    title: "Refresh after an out-of-band change",
    description: `${DEACTIVATED} was deactivated in the dashboard. The refresh shows it with -.`,
    budget: { list: 1 },
    async run(stack, emulator) {
      emulator.setActive(DEACTIVATED, false);
      const output = await stack.show("refresh", "--yes", "--skip-preview", "--diff");
      return output.includes(`- ${DEACTIVATED}`) ? undefined : "the refresh does not show the drift";
    },
  },
  {
    title: "Repair of the drift",
    description: "One list and one call that activates the certificate again.",
    budget: { list: 1, activate: 1 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview", "--diff");
      return activeAre(emulator, SECOND);
    },
  },
  {
    title: "Update without changes",
    description: "No API calls.",
    budget: {},
    async run(stack) {
      await stack.show("up", "--yes", "--skip-preview", "--expect-no-changes");
      return undefined;
    },
  },
  {
    title: "Known client",
    description:
      "The client batch is declared with its deployed certificate, and the authority that issued it is activated.",
    budget: { list: 1, get: 1, activate: 1 },
    async run(stack, emulator) {
      const { old, next, before } = await clientsOfDemo();
      emulator.seed([
        { ...seedOf("partner-2026"), pem: old.pem },
        { ...seedOf("partner-2027"), pem: next.pem },
      ]);
      await stack.setIds([...SECOND, OLD]);
      await stack.setClients({ batch: before.chainPem });
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, [...SECOND, OLD]);
    },
  },
  {
    title: "Rotation that is too early",
    description:
      "batch still presents a certificate of the old authority. The preview refuses the rotation by its name, once it has " +
      "read that none of the others trusts it.",
    budget: { list: 1, get: 13 },
    async run(stack, emulator) {
      await stack.setIds([...SECOND, NEXT]);
      const output = await stack.showFailure("preview");
      if (!output.includes("batch would be rejected")) return "the preview does not name the client";
      return activeAre(emulator, [...SECOND, OLD]);
    },
  },
  {
    title: "Rotation in the right order",
    description: "Both are active, batch gets its new certificate, and the old authority is deactivated.",
    budget: { list: 2, get: 1, activate: 1, deactivate: 1 },
    async run(stack, emulator) {
      const { after } = await clientsOfDemo();
      await stack.setIds([...SECOND, OLD, NEXT]);
      await stack.show("up", "--yes", "--skip-preview");
      await stack.setIds([...SECOND, NEXT]);
      await stack.setClients({ batch: after.chainPem });
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, [...SECOND, NEXT]);
    },
  },
  {
    title: "Destroy",
    description: "All certificates are deactivated, which ends enforcement of mutual TLS.",
    budget: { list: 1, deactivate: 2 },
    async run(stack, emulator) {
      await stack.show("destroy", "--yes", "--skip-preview");
      return activeAre(emulator, []);
    },
  },
];

function activeAre(emulator: Emulator, expected: readonly string[]): string | undefined {
  const active = emulator.activeIds();
  const sorted = [...expected].sort();
  return isDeepStrictEqual(active, sorted)
    ? undefined
    : `active: ${active.join(", ") || "none"}; expected: ${sorted.join(", ") || "none"}`;
}
