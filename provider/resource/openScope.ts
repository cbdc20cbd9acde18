import { describeChunk } from "../activation/executePlan";
import type { ClientAccess } from "../activation/guards/enforcement";
import { activeIds } from "../activation/plan";
import type { ScopeApi } from "../activation/scopeApi";
import { inStoredOrganization } from "../activation/storedOrganization";
import { changeActivation, readContent } from "../api/certificates";
import { ORGANIZATION, scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import { concernedClients } from "../run/declaredClients";
import { whileChanging } from "../session/listCache";
import { runOperation } from "../session/operation";
import type { Operation, Target } from "../session/operation";
import { checkMonitor } from "../session/session";
import { organizationName } from "../settings/connection";
import type { Connection } from "../settings/connection";
import { ignoresClientCertificates } from "../settings/hosts";
import { cancellation } from "../shared/cancellation";
import { showStatus } from "../shared/log";
import { listOrganization, listScope } from "./scopeLists";

/**
 * Works on the certificates of a target while no other operation runs in its scope.
 * @param storedIds the ids of the resource's state; undefined when it has none yet.
 * @throws SettingsError
 */
export function withScope<T>(
  target: Target,
  storedIds: ReadonlySet<string> | undefined,
  work: (scoped: ScopeApi) => Promise<T>,
): Promise<T> {
  return runOperation(target, (operation) => work(openScope(operation, target.scope, storedIds)));
}

/**
 * The certificates of a scope, for one operation.
 * @param storedIds the ids of the resource's state; undefined when it has none yet.
 */
export function openScope(
  operation: Operation,
  scope: Scope,
  storedIds: ReadonlySet<string> | undefined,
): ScopeApi {
  const scoped = scopeApi(operation, scope);
  if (storedIds === undefined) return scoped;
  return inStoredOrganization(scoped, storedIds, organizationName(operation.client.connection));
}

function scopeApi(operation: Operation, scope: Scope): ScopeApi {
  const { client, organization, shared, policy, context, log, warn } = operation;
  const { declarations, lists } = shared;
  const { clientCertificate } = client.connection;
  return {
    scope,
    ...(clientCertificate && { clientCertificate }),
    clientAccess: clientAccessOf(client.connection),
    names: client.connection.names,
    list: (expected) => listScope(operation, scope, expected),
    inherited: async () => (scope.kind === "project" ? listOrganization(operation) : []),
    cachedList: (ids) => lists.get(ids),
    changeActivation: ({ action, ids, ...chunk }) =>
      whileChanging(
        () => {
          lists.invalidate();
        },
        () => {
          declarations.record(action, ids);
          if (chunk.total > 1) showStatus(`${scopeLabel(scope)}: ${describeChunk({ action, ...chunk })}`);
          return changeActivation(client, scope, action, ids, context(describeChunk({ action, ...chunk })));
        },
      ),
    content: (id) =>
      organization.contents.read(id, policy.waitsForRateLimit, () =>
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
    declaredClients: async () => {
      const { clients } = await organization.scope(ORGANIZATION).declarations.known();
      return concernedClients(scope, clients);
    },
    activeInProject: async (projectId) => {
      const project = { kind: "project", projectId } as const;
      const recent = organization.scope(project).lists.get(new Set());
      return activeIds(recent ?? (await listScope(operation, project)));
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
