import { isDeepStrictEqual } from "node:util";
import { type Emulator } from "../emulator";
import { type Seed } from "../emulator/store/seed";
import { type Budget } from "./budgetTable";
import { type RootStack } from "./rootStack";

/** One step of the demo. */
export interface Step {
  readonly title: string;
  /** What to look at in what follows. */
  readonly look: string;
  readonly budget: Budget;
  /** @returns what was not as promised; undefined when all was. */
  run(stack: RootStack, emulator: Emulator): Promise<string | undefined>;
}

const TEAMS = ["batch", "billing", "chat", "edge", "eval", "gateway", "ingest", "mobile"];
/** Certificates that the demo's organization has uploaded. */
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
const SWITCHED_OFF = idOf("gateway-2026");

export const STEPS: readonly Step[] = [
  {
    title: "A first preview",
    look: "Each certificate that goes on, with its end, and what that does to enforcement. Nothing is changed yet.",
    budget: { list: 1 },
    async run(stack, emulator) {
      await stack.setIds(FIRST);
      await stack.show("preview", "--diff");
      return activeAre(emulator, []);
    },
  },
  {
    title: "A first up",
    look: "13 ids: the API takes ten a call, so two calls.",
    budget: { list: 1, activate: 2 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, FIRST);
    },
  },
  {
    title: "The outputs",
    look: "Names, dates and state of each certificate, and when the first one expires.",
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
    title: "A preview of another set",
    look: "Two ids with +, three with -, and no other: this is what a reviewer approves.",
    budget: { list: 1 },
    async run(stack) {
      await stack.setIds(SECOND);
      const signs = (await stack.show("preview", "--diff")).match(/^ *[+-] cert_\w+ *: "active"/gm) ?? [];
      return signs.length === 5 ? undefined : `the preview shows ${signs.length} changed ids, not 5`;
    },
  },
  {
    title: "An up to the other set",
    look: "The two new ones are activated before the three old ones are deactivated.",
    budget: { list: 1, activate: 1, deactivate: 1 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview");
      return activeAre(emulator, SECOND);
    },
  },
  {
    title: "Somebody switches a certificate off by hand, and a refresh",
    look: `${SWITCHED_OFF} was deactivated in the dashboard: the refresh shows it with -.`,
    budget: { list: 1 },
    async run(stack, emulator) {
      emulator.setActive(SWITCHED_OFF, false);
      const output = await stack.show("refresh", "--yes", "--skip-preview", "--diff");
      return output.includes(`- ${SWITCHED_OFF}`) ? undefined : "the refresh does not show the drift";
    },
  },
  {
    title: "An up that repairs it",
    look: "One call for the one certificate.",
    budget: { list: 1, activate: 1 },
    async run(stack, emulator) {
      await stack.show("up", "--yes", "--skip-preview", "--diff");
      return activeAre(emulator, SECOND);
    },
  },
  {
    title: "An up with nothing to do",
    look: "No call at all.",
    budget: {},
    async run(stack) {
      await stack.show("up", "--yes", "--skip-preview", "--expect-no-changes");
      return undefined;
    },
  },
  {
    title: "Destroy",
    look: "The set is deactivated, and with it mutual TLS ends.",
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
  return JSON.stringify(active) === JSON.stringify(sorted)
    ? undefined
    : `active are ${active.join(", ") || "none"}, and not ${sorted.join(", ") || "none"}`;
}
