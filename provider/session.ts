import { Client } from "./api/client";
import { certificatesPath, type Scope } from "./api/scope";
import { type Connection, resolveConnection } from "./connection";
import { fingerprint, type ReadConfig, Settings } from "./connection/settings";
import { ContentCache } from "./contentCache";
import { ScopeSession } from "./scopeSession";

/** What this process shares among all resources of one connection: a client with its throttle, and what was seen. */
export class Session {
  readonly contents = new ContentCache();
  private readonly scopes = new Map<string, ScopeSession>();

  constructor(readonly client: Client) {}

  get connection(): Connection {
    return this.client.connection;
  }

  scope(scope: Scope): ScopeSession {
    const key = certificatesPath(scope);
    const known = this.scopes.get(key) ?? new ScopeSession();
    this.scopes.set(key, known);
    return known;
  }

  /** Makes all that was seen be asked anew, because something was uploaded, renamed or deleted. */
  forgetAll(): void {
    for (const scope of this.scopes.values()) scope.forget();
  }
}

let readConfig: ReadConfig = () => undefined;
const sessions = new Map<string, { readonly print: string; readonly session: Session }>();

/**
 * Remembers where this process's stack configuration is read. Nothing is read or checked yet: a stack in which
 * nothing changes needs no key.
 */
export function configureSession(read: ReadConfig): void {
  readConfig = read;
}

/**
 * The process's one session for a connection, for as long as its settings stay the same.
 * @param connection the namespace of its settings.
 * @throws ConnectionError when the settings cannot be used.
 */
export function sessionOf(connection: string): Session {
  const settings = settingsOf(connection);
  const print = fingerprint(settings);
  const known = sessions.get(connection);
  if (known?.print === print) return known.session;
  const session = new Session(new Client(resolveConnection(settings)));
  sessions.set(connection, { print, session });
  return session;
}

export function settingsOf(connection: string): Settings {
  return new Settings(readConfig, process.env, connection);
}
