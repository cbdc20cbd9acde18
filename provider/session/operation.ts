import { RetryBudget } from "../api/backoff";
import type { RequestContext } from "../api/client";
import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import { previewVerification } from "../settings/connection";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { acquire } from "../shared/acquire";
import { canceled, cancellation } from "../shared/cancellation";
import { logOnce, showStatus, warnOnce } from "../shared/log";
import { configuration } from "./currentConfiguration";
import { sessionOf, settingsOf } from "./session";
import type { Session } from "./session";

/** Waits up to this many milliseconds are not logged. */
const MAX_SILENT_WAIT_MS = 3_000;

/** How long an operation may wait. */
export interface RetryPolicy {
  /** Seconds of waiting for retries; absent for the value of the settings. */
  readonly retrySeconds?: number;
  /** Whether requests wait while their endpoint is rate limited. */
  readonly waitsForRateLimit: boolean;
}

/** For operations that are required. */
const WAIT: RetryPolicy = { waitsForRateLimit: true };

/** For operations that only improve a preview or a message. */
export const FAIL_FAST: RetryPolicy = { retrySeconds: 0, waitsForRateLimit: false };

/** Where an operation runs. */
export interface Target {
  /** The namespace of the connection's settings. */
  readonly connection: string;
  readonly scope: Scope;
}

/** One operation on the certificates of a scope, with its own retry budget. Its session is resolved once. */
export interface Operation extends Session {
  /** What all operations on the scope share. */
  readonly shared: ReturnType<Session["organization"]["scope"]>;
  readonly policy: RetryPolicy;
  /** The context of one of its requests. @param purpose of the request, as a message about a wait names it. */
  readonly context: (purpose: string) => RequestContext;
  /** Logs a message, once for each text. */
  readonly log: (text: string) => void;
  /** Logs a warning, once for each text. */
  readonly warn: (text: string) => void;
}

function operationIn(session: Session, { connection, scope }: Target, policy: RetryPolicy): Operation {
  return {
    ...session,
    shared: session.organization.scope(scope),
    policy,
    context: requestContexts(session, scopeLabel(scope), policy),
    log: (text) => {
      logOnce(ofConnection(connection, text));
    },
    warn: (text) => {
      warnFor(connection, text);
    },
  };
}

/**
 * An operation of a preview, which makes one attempt for each request and does not wait for others.
 * @returns undefined when the settings disable requests of previews.
 * @throws SettingsError when the settings cannot be used.
 */
export function previewOperation(target: Target): Operation | undefined {
  const settings = settingsOf(target.connection);
  if (previewVerification(settings) === "off") return undefined;
  return operationIn(sessionOf(target.connection, settings), target, FAIL_FAST);
}

/**
 * Runs an operation while no other one runs in the same scope.
 * @throws SettingsError when the settings cannot be used; UserError when it was canceled meanwhile.
 */
export async function runOperation<T>(
  target: Target,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const session = sessionOf(target.connection);
  const release = await acquire(session.organization.scope(target.scope).mutex, cancellation());
  // It has changed nothing yet.
  if (!release) throw canceled();
  try {
    return await work(operationIn(session, target, WAIT));
  } finally {
    release();
  }
}

/** Logs a warning about the resources of a connection, once for each text. */
export function warnFor(connection: string | undefined, text: string): void {
  warnOnce(ofConnection(connection, text));
}

/** A message that names the connection or the provider of the program, unless it is the default one. */
export function ofConnection(connection: string | undefined, text: string): string {
  const source = configuration().source;
  if (source.kind === "provider") return `${source.name}: ${text}`;
  const isDefault = connection === undefined || connection === DEFAULT_CONNECTION;
  return isDefault ? text : `${connection}: ${text}`;
}

/** The contexts of the requests of one operation, which share its retry budget and log long waits. */
export function requestContexts(
  { client }: Session,
  operation: string,
  { retrySeconds = client.connection.retryTimeoutSeconds, waitsForRateLimit }: RetryPolicy = WAIT,
): (purpose: string) => RequestContext {
  const budget = new RetryBudget(retrySeconds);
  return (purpose) => ({
    budget,
    waitsForRateLimit,
    signal: cancellation(),
    onWait: (reason, milliseconds) => {
      if (milliseconds <= MAX_SILENT_WAIT_MS) return;
      showStatus(`${operation}: ${reason}; next attempt in ${Math.ceil(milliseconds / 1000)} s; ${purpose}`);
    },
  });
}
