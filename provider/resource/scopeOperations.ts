import { describeChunk } from "../activation/executePlan";
import type { ClientAccess } from "../activation/guards/enforcement";
import type { ScopeOperations } from "../activation/scopeOperations";
import { inStoredOrganization } from "../activation/storedOrganization";
import { changeActivation, readContent } from "../api/certificates";
import { scopeLabel } from "../api/scope";
import { whileChanging } from "../session/listCache";
import { runOperation, startOperation } from "../session/operation";
import type { Operation, RetryPolicy } from "../session/operation";
import { checkMonitor } from "../session/session";
import { organizationName } from "../settings/connection";
import type { Connection } from "../settings/connection";
import { ignoresClientCertificates } from "../settings/hosts";
import { cancellation } from "../shared/cancellation";
import { showStatus } from "../shared/log";
import { ScopeLists } from "./scopeLists";
import type { Target } from "./target";

/**
 * The certificates of a target, for one operation.
 * @param storedIds the ids of the resource's state; undefined when it has none yet.
 * @throws SettingsError when the settings cannot be used.
 */
export function scopeOperations(
  target: Target,
  storedIds: ReadonlySet<string> | undefined,
  policy?: RetryPolicy,
): ScopeOperations {
  return operationsFor(target, storedIds, startOperation(target, policy));
}

/**
 * Works on the certificates of a target while no other operation runs in its scope.
 * @param storedIds the ids of the resource's state; undefined when it has none yet.
 * @throws SettingsError
 */
export function withScope<T>(
  target: Target,
  storedIds: ReadonlySet<string> | undefined,
  work: (scoped: ScopeOperations) => Promise<T>,
): Promise<T> {
  return runOperation(target, (operation) => work(operationsFor(target, storedIds, operation)));
}

function operationsFor(
  target: Target,
  storedIds: ReadonlySet<string> | undefined,
  operation: Operation,
): ScopeOperations {
  const scoped = operationsOn(target, operation);
  if (storedIds === undefined) return scoped;
  return inStoredOrganization(scoped, storedIds, organizationName(operation.client.connection));
}

function operationsOn(
  { scope }: Target,
  { client, session, scopeSession, policy, context, log, warn }: Operation,
): ScopeOperations {
  const { declarations, lists: cache } = scopeSession;
  const { clientCertificate } = client.connection;
  const lists = new ScopeLists(session, context);
  return {
    scope,
    ...(clientCertificate && { clientCertificate }),
    clientAccess: clientAccessOf(client.connection),
    names: client.connection.names,
    list: (expected = new Set()) => lists.list(scope, expected),
    inherited: async () => (scope.kind === "project" ? lists.organization() : []),
    cachedList: (ids) => cache.get(ids),
    changeActivation: ({ action, ids, ...chunk }) =>
      whileChanging(
        () => {
          cache.invalidate();
        },
        () => {
          declarations.record(action, ids);
          if (chunk.total > 1) showStatus(`${scopeLabel(scope)}: ${describeChunk({ action, ...chunk })}`);
          return changeActivation(client, scope, action, ids, context(describeChunk({ action, ...chunk })));
        },
      ),
    content: (id) =>
      session.organization.contents.read(id, policy.waitsForRateLimit, () =>
        readContent(client, id, context(`read ${id}`)),
      ),
    isCanceled: () => cancellation().aborted,
    declared: async () => (await declarations.known()).declared,
    allDeclared: async (isPatient) => {
      await checkMonitor.quiet(isPatient);
      return (await declarations.known()).declared;
    },
    allManaged: async () => {
      await checkMonitor.quiet();
      const { declared, managed } = await declarations.known();
      return declared.union(managed);
    },
    log,
    warn,
  };
}

/** Whether the provider presents a client certificate of its own. */
export function clientAccessOf({ clientCertificate, baseUrl }: Connection): ClientAccess {
  if (!clientCertificate) return "not configured";
  return ignoresClientCertificates(baseUrl) ? "ignored by the host" : "presented";
}
