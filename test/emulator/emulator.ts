import { createApp } from "./api/app";
import { AuditLog } from "./api/auditLog";
import type { LoggedCall, OpenCall } from "./api/callLog";
import { Listener } from "./api/listener";
import { Throttle } from "./api/throttle";
import type { StoredCertificate } from "./certificates/certificate";
import { Dashboard } from "./dashboard/dashboard";
import type { EnforcementMode } from "./enforcement/enforcement";
import { Faults } from "./faults/faults";
import type { EmulatorOptions } from "./options";
import { scopeOf } from "./store/scope";
import { fromSeed } from "./store/seed";
import type { Seed } from "./store/seed";
import { Store } from "./store/store";

/** A running emulator. Changes made through its methods are out of band: they are not in the log. */
export interface Emulator {
  /** Base URL, including /v1. */
  readonly url: string;
  readonly adminKey: string;
  readonly faults: Pick<Faults, "add" | "clear">;
  /** Every call since the start or the last clearLog, in the order received. */
  readonly log: readonly LoggedCall[];
  clearLog(): void;
  readonly certificates: readonly StoredCertificate[];
  seed(seeds: readonly Seed[]): readonly StoredCertificate[];
  addProject(project: string): void;
  /** Deletes a project, in which nothing is active then. */
  removeProject(project: string): void;
  setActive(id: string, active: boolean, project?: string): void;
  remove(id: string): void;
  /** Sorted. */
  activeIds(project?: string): string[];
  /** Refuses connections until acceptConnections is called. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;
  close(): Promise<void>;
}

/** The documented limit of certificates in an organization. */
const MAX_CERTIFICATES = 50;

const DEFAULT_KEY = "sk-admin-emulator";

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { adminKey = DEFAULT_KEY, now = Date.now } = options;
  const store = new Store(options.projects ?? [], options.stateFile);
  const audit = new AuditLog();
  const dashboard = new Dashboard(store, audit, now);
  const faults = new Faults();
  const log: OpenCall[] = [];
  const closing = new AbortController();
  const app = createApp({
    adminKey,
    store,
    audit,
    dashboard,
    faults,
    throttle: new Throttle(options.throttle),
    enforcement: enforcementOf(options),
    dialect: options.dialect ?? "activation-object",
    projectLists: options.projectLists ?? "all",
    latencyMs: options.latencyMs ?? 0,
    uploads: {
      maxCertificates: options.maxCertificates ?? MAX_CERTIFICATES,
      trimsNames: options.trimsNames ?? false,
    },
    now,
    log,
    holdCall: options.holdCall ?? (() => Promise.resolve()),
    onCall: options.onCall ?? (() => undefined),
    closing: closing.signal,
  });
  await app.ready();
  const listener = new Listener(
    (request, response) => {
      app.routing(request, response);
    },
    options.tls,
    options.port ?? 0,
  );
  await listener.open();

  return {
    url: `${listener.origin}/v1`,
    adminKey,
    faults,
    log,
    clearLog: () => {
      log.length = 0;
    },
    get certificates() {
      return store.all();
    },
    seed: (seeds) => {
      const seeded = seeds.map((seed) => fromSeed(seed, now() / 1000));
      for (const project of seeded.flatMap(({ activeIn }) => activeIn)) store.requireScope({ project });
      store.put(...seeded);
      return seeded;
    },
    addProject: (project) => {
      store.addProjects(project);
    },
    removeProject: (project) => {
      store.removeProject(project);
    },
    setActive: (id, active, project) => {
      dashboard.setActive(id, scopeOf(project), active);
    },
    remove: (id) => {
      store.remove(id);
    },
    activeIds: (project) =>
      store
        .activeIn(scopeOf(project))
        .map(({ id }) => id)
        .sort(),
    refuseConnections: () => listener.shut(),
    acceptConnections: () => listener.open(),
    close: async () => {
      closing.abort();
      await listener.shut();
      await app.close();
    },
  };
}

function enforcementOf(options: EmulatorOptions): EnforcementMode {
  if (options.tls) return "tls";
  return options.enforceWithoutTls === true ? "without-tls" : "none";
}
