import { Mutex } from "async-mutex";
import type { Client } from "../api/client";
import { certificatesPath, scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import type { PendingUpload } from "../clients/pendingUploads";
import { CheckMonitor } from "../run/checkMonitor";
import { Declarations } from "../run/declarations";
import { SharedRun } from "../run/sharedRun";
import { resolveConnection } from "../settings/connection";
import type { Connection } from "../settings/connection";
import { organizationKeys } from "../settings/organizationKeys";
import { Settings, settingsKey, STACK } from "../settings/settings";
import type { ReadConfig } from "../settings/settings";
import { resetCancellation } from "../shared/cancellation";
import { warnOnce } from "../shared/log";
import { ContentCache } from "./contentCache";
import { configuration, configureProcess } from "./currentConfiguration";
import { ListCache } from "./listCache";

/** What all operations of this process on one scope share. */
class ScopeSession {
  /** Operations on one scope run one at a time: each relies on a list that another operation must not invalidate. */
  readonly mutex = new Mutex();
  readonly lists = new ListCache();
  readonly declarations: Declarations;

  constructor(run: SharedRun, scopeKeys: () => readonly string[], label: string) {
    this.declarations = new Declarations(run, scopeKeys, label);
  }
}

/** What this process shares among all connections to one organization. */
class Organization {
  /** The keys by which connections know it, see {@link organizationKeys}. */
  readonly keys = new Set<string>();
  readonly contents = new ContentCache();
  /** The certificates that the program uploads to it, as far as the engine has checked them in this process. */
  readonly uploads = new Map<string, PendingUpload>();
  private readonly scopes = new Map<string, ScopeSession>();

  scope(scope: Scope): ScopeSession {
    const path = certificatesPath(scope);
    const scopeKeys = (): string[] => [...this.keys].map((key) => JSON.stringify([key, path]));
    const known = this.scopes.get(path) ?? new ScopeSession(sharedRun, scopeKeys, scopeLabel(scope));
    this.scopes.set(path, known);
    return known;
  }

  /** Invalidates all cached lists, because something was uploaded, renamed or deleted. */
  invalidateAll(): void {
    for (const scope of this.scopes.values()) scope.lists.invalidate();
  }
}

/** What this process shares among all resources of one connection. */
export interface Session {
  /** The client of the connection, with its settings and rate limiters. */
  readonly client: Client;
  readonly organization: Organization;
}

/** The other provider processes of this run. */
export const sharedRun = new SharedRun();

/** When the engine checks the resources of the program. */
export const checkMonitor = new CheckMonitor(sharedRun);

/** By their settings: one process may serve several providers. */
const clients = new Map<string, Client>();
const organizations = new Map<string, Organization>();

/**
 * Sets how this process reads the stack's configuration. Nothing is read or checked yet: a stack without changes needs no
 * key.
 */
export function configureSession(read: ReadConfig): void {
  configureProcess({ read, source: STACK });
}

/**
 * Starts another run: clears cached lists, declarations and a cancellation. The engine starts a new process for each preview
 * and each update; tests that use one process for several runs call this in between.
 */
export function startRun(): void {
  clients.clear();
  organizations.clear();
  resetCancellation();
  sharedRun.leave();
}

/**
 * The session of a connection, for operations that send requests. It stays the same for as long as the connection's
 * settings do.
 * @param connection the namespace of its settings.
 * @param settings these settings, where they were read before.
 * @throws SettingsError when the settings cannot be used.
 */
export function sessionOf(connection: string, settings = settingsOf(connection)): Session {
  const key = settingsKey(settings);
  const client = clients.get(key) ?? createClient(resolveConnection(settings));
  clients.set(key, client);
  warnOfIgnored(settings);
  return { client, organization: organizationOf(settings) };
}

/** Variables that are set for another tool must not decide where a key of the stack is sent. */
function warnOfIgnored({ ignoredVariables, names }: Settings): void {
  if (ignoredVariables.length === 0) return;
  const many = ignoredVariables.length > 1;
  warnOnce(
    `the environment ${many ? "variables" : "variable"} ${ignoredVariables.join(" and ")} ${many ? "are" : "is"} ignored, ` +
      `because ${names(["adminKey"])} is set. If ${many ? "they belong" : "it belongs"} to this key, set ` +
      `${names(["baseUrl"])} or ${names(["organization"])} instead.`,
  );
}

/** Loads the HTTP client with the first operation that sends requests: in most runs nothing has changed. */
function createClient(connection: Connection): Client {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const api = require("../api/client") as typeof import("../api/client");
  return new api.Client(connection);
}

/** Records that a certificate of the program is going to be uploaded. */
export function recordUpload(connection: string, upload: PendingUpload): void {
  const key = JSON.stringify([upload.pem, upload.name]);
  organizationOf(settingsOf(connection)).uploads.set(key, upload);
}

/** The certificates that the program uploads to the organization of a connection, as far as this process knows. */
export function pendingUploads(connection: string): readonly PendingUpload[] {
  return [...organizationOf(settingsOf(connection)).uploads.values()];
}

/** What this process shares about one scope. The settings of the connection need not be valid. */
export function scopeSessionOf(connection: string, scope: Scope): ScopeSession {
  return organizationOf(settingsOf(connection)).scope(scope);
}

export function settingsOf(connection: string): Settings {
  const { read, source } = configuration();
  return new Settings(read, process.env, connection, source);
}

function organizationOf(settings: Settings): Organization {
  const keys = organizationKeys(settings);
  const known = keys.map((key) => organizations.get(key)).find((found) => found !== undefined);
  const organization = known ?? new Organization();
  for (const key of keys) {
    organizations.set(key, organization);
    organization.keys.add(key);
  }
  return organization;
}
