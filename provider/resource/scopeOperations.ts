import { describeChunk } from "../activation/executePlan";
import type { ClientAccess } from "../activation/guards/enforcement";
import type { ScopeOperations } from "../activation/scopeOperations";
import { RetryBudget } from "../api/retryBudget";
import { readContent, changeActivation } from "../api/certificates";
import type { RequestContext } from "../api/client";
import { scopeLabel } from "../api/scope";
import type { Connection } from "../settings/connection";
import { ignoresClientCertificates } from "../settings/hosts";
import { checkMonitor, type Session, sessionOf } from "../session/session";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { logNow, logOnce, warnOnce } from "../shared/log";
import { ScopeLists } from "./scopeLists";
import type { Target } from "./target";

/** Waits up to this many milliseconds are not worth a line. */
const SILENT_WAIT_MS = 3_000;

/** How much an operation may wait. */
export interface RetryPolicy {
  /** Seconds of waiting for other tries; absent for what the settings say. */
  readonly retrySeconds?: number;
  /** Whether it waits in line while the API throttles. */
  readonly waitsForRateLimit: boolean;
}

/** For what has to be done. */
const WAIT: RetryPolicy = { waitsForRateLimit: true };

/** For what would be good to know. */
export const FAIL_FAST: RetryPolicy = { retrySeconds: 0, waitsForRateLimit: false };

/**
 * A target's certificates for one operation, with its own budget of time, over the process's client.
 * @throws ConnectionError when the settings cannot be used.
 */
export function scopeOperations({ connection, scope }: Target, patience = WAIT): ScopeOperations {
  const session = sessionOf(connection);
  const seen = session.organization.scope(scope);
  const { declarations } = seen;
  const context = requestContexts(session, scopeLabel(scope), patience);
  const { client } = session;
  const { clientCertificate } = client.connection;
  const lists = new ScopeLists(session, context);
  return {
    scope,
    ...(clientCertificate && { clientCertificate }),
    clientAccess: clientAccessOf(client.connection),
    list: (expected = new Set()) => lists.list(scope, expected),
    inherited: async () => (scope.kind === "project" ? lists.organization() : []),
    cachedList: (ids) => seen.get(ids),
    changeActivation: ({ action, ids, ...chunk }) =>
      seen.whileChanging(() => {
        declarations.record(action, ids);
        return changeActivation(client, scope, action, ids, context(describeChunk({ action, ...chunk })));
      }),
    content: (id) =>
      session.organization.contents.read(id, patience.waitsForRateLimit, () =>
        readContent(client, id, context(`read ${id}`)),
      ),
    declared: () => declarations.declared,
    allDeclared: async () => {
      await checkMonitor.quiet();
      return declarations.declared;
    },
    log: (text) => {
      logOnce(connection === DEFAULT_CONNECTION ? text : `${connection}: ${text}`);
    },
    warn: (text) => {
      warnOnce(connection === DEFAULT_CONNECTION ? text : `${connection}: ${text}`);
    },
  };
}

function clientAccessOf({ clientCertificate, baseUrl }: Connection): ClientAccess {
  if (!clientCertificate) return "not configured";
  return ignoresClientCertificates(baseUrl) ? "ignored by the host" : "presented";
}

/** Does something to a target's certificates when its turn comes. @throws ConnectionError */
export async function withScope<T>(
  target: Target,
  work: (scoped: ScopeOperations) => Promise<T>,
): Promise<T> {
  const { mutex } = sessionOf(target.connection).organization.scope(target.scope);
  return mutex.runExclusive(() => work(scopeOperations(target)));
}

/** Names the parts of one operation, which share its budget of time, and tells of long waits. */
export function requestContexts(
  { client }: Session,
  where: string,
  { retrySeconds = client.connection.retryTimeoutSeconds, waitsForRateLimit }: RetryPolicy = WAIT,
): (what: string) => RequestContext {
  const budget = new RetryBudget(retrySeconds);
  return (what) => ({
    budget,
    waitsForRateLimit,
    onWait: (reason, milliseconds) => {
      if (milliseconds <= SILENT_WAIT_MS) return;
      logNow(`${where}: ${reason}; next try in ${Math.ceil(milliseconds / 1000)} s; ${what}`);
    },
  });
}
