import { Client } from "../api/client";
import { certificatesPath, type Scope } from "../api/scope";
import { resolveConnection } from "../settings/connection";
import { organizationKeys } from "../settings/organizationKeys";
import { settingsKey, type ReadConfig, Settings } from "../settings/settings";
import { ContentCache } from "./contentCache";
import { CheckMonitor } from "./declarations";
import { ScopeSession } from "./scopeSession";

/** What this process shares among all connections to one organization. */
class Organization {
  readonly contents = new ContentCache();
  private readonly scopes = new Map<string, ScopeSession>();

  scope(scope: Scope): ScopeSession {
    const key = certificatesPath(scope);
    const known = this.scopes.get(key) ?? new ScopeSession();
    this.scopes.set(key, known);
    return known;
  }

  /** Invalidates all cached lists, because something was uploaded, renamed or deleted. */
  invalidateAll(): void {
    for (const scope of this.scopes.values()) scope.lists.invalidate();
  }
}

/** What this process shares among all resources of one connection. */
export interface Session {
  /** With the connection's settings and its throttle. */
  readonly client: Client;
  readonly organization: Organization;
}

/** When the engine checks the resources of the program. */
export const checkMonitor = new CheckMonitor();

let readConfig: ReadConfig = () => undefined;
const clients = new Map<string, { readonly print: string; readonly client: Client }>();
const organizations = new Map<string, Organization>();

/**
 * Remembers where this process's stack configuration is read. Nothing is read or checked yet: a stack in which
 * nothing changes needs no key.
 */
export function configureSession(read: ReadConfig): void {
  readConfig = read;
}

/**
 * Forgets everything that was seen and declared, because another run of the engine begins. The engine itself starts a
 * new process for each preview and each update; whoever keeps one for several runs has to call this in between.
 */
export function startRun(): void {
  clients.clear();
  organizations.clear();
}

/**
 * The process's one session for a connection, for as long as its settings stay the same.
 * @param connection the namespace of its settings.
 * @throws ConnectionError when the settings cannot be used.
 */
export function sessionOf(connection: string): Session {
  const settings = settingsOf(connection);
  const print = settingsKey(settings);
  const known = clients.get(connection);
  const client = known?.print === print ? known.client : new Client(resolveConnection(settings));
  clients.set(connection, { print, client });
  return { client, organization: organizationOf(settings) };
}

/** What this process shares about one scope. The settings of the connection need not be valid. */
export function scopeSessionOf(connection: string, scope: Scope): ScopeSession {
  return organizationOf(settingsOf(connection)).scope(scope);
}

export function settingsOf(connection: string): Settings {
  return new Settings(readConfig, process.env, connection);
}

function organizationOf(settings: Settings): Organization {
  const keys = organizationKeys(settings);
  const known = keys.map((key) => organizations.get(key)).find((found) => found !== undefined);
  const organization = known ?? new Organization();
  for (const key of keys) organizations.set(key, organization);
  return organization;
}
