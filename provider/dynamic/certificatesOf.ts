import { stepName } from "../activation/reconcile";
import type { ClientAccess } from "../activation/enforcement";
import type { ScopedCertificates } from "../activation/scopedCertificates";
import { RetryBudget } from "../api/budget";
import { readContent, toggleCertificates } from "../api/certificates";
import type { Errand } from "../api/client";
import { scopeName } from "../api/scope";
import type { Connection } from "../connection";
import { ignoresClientCertificates } from "../connection/hosts";
import { checks, type Session, sessionOf } from "../session";
import { DEFAULT_CONNECTION } from "../connection/settings";
import { say, sayOnce } from "../say";
import { ScopeLists } from "./scopeLists";
import type { Target } from "./target";

/** Waits up to this many milliseconds are not worth a line. */
const SILENT_WAIT_MS = 3_000;

/** How much an operation may wait. */
export interface Patience {
  /** Seconds of waiting for other tries; absent for what the settings say. */
  readonly retrySeconds?: number;
  /** Whether it waits in line while the API throttles. */
  readonly queues: boolean;
}

/** For what has to be done. */
const PATIENT: Patience = { queues: true };

/** For what would be good to know. */
export const IMPATIENT: Patience = { retrySeconds: 0, queues: false };

/**
 * A target's certificates for one operation, with its own budget of time, over the process's client.
 * @throws ConnectionError when the settings cannot be used.
 */
export function certificatesOf({ connection, scope }: Target, patience = PATIENT): ScopedCertificates {
  const session = sessionOf(connection);
  const seen = session.organization.scope(scope);
  const { declarations } = seen;
  const errand = errandOf(session, scopeName(scope), patience);
  const { client } = session;
  const { identity } = client.connection;
  const lists = new ScopeLists(session, errand);
  return {
    scope,
    ...(identity && { identity }),
    clientAccess: clientAccessOf(client.connection),
    list: (expected = new Set()) => lists.list(scope, expected),
    inherited: async () => (scope.kind === "project" ? lists.organization() : []),
    recall: (ids) => seen.recall(ids),
    toggle: ({ toggle, ids, ...chunk }) =>
      seen.changing(() => {
        declarations.record(toggle, ids);
        return toggleCertificates(client, scope, toggle, ids, errand(stepName({ toggle, ...chunk })));
      }),
    content: (id) =>
      session.organization.contents.read(id, patience.queues, () =>
        readContent(client, id, errand(`read ${id}`)),
      ),
    declared: () => declarations.declared,
    allDeclared: async () => {
      await checks.quiet();
      return declarations.declared;
    },
    say: (text) => {
      sayOnce(connection === DEFAULT_CONNECTION ? text : `${connection}: ${text}`);
    },
  };
}

function clientAccessOf({ identity, baseUrl }: Connection): ClientAccess {
  if (!identity) return "not configured";
  return ignoresClientCertificates(baseUrl) ? "ignored by the host" : "presented";
}

/** Does something to a target's certificates when its turn comes. @throws ConnectionError */
export async function inTurn<T>(
  target: Target,
  work: (scoped: ScopedCertificates) => Promise<T>,
): Promise<T> {
  const { turns } = sessionOf(target.connection).organization.scope(target.scope);
  return turns.run(() => work(certificatesOf(target)));
}

/** Names the parts of one operation, which share its budget of time, and tells of long waits. */
export function errandOf(
  { client }: Session,
  where: string,
  { retrySeconds = client.connection.retryTimeoutSeconds, queues }: Patience = PATIENT,
): (what: string) => Errand {
  const budget = new RetryBudget(retrySeconds);
  return (what) => ({
    budget,
    queues,
    onWait: (reason, milliseconds) => {
      if (milliseconds <= SILENT_WAIT_MS) return;
      say(`${where}: ${reason}; next try in ${Math.ceil(milliseconds / 1000)} s; ${what}`);
    },
  });
}
