import { ORGANIZATION } from "../api/scope";
import type { Target } from "../session/operation";
import { DEFAULT_CONNECTION } from "../settings/settings";
import type { ScopeKind } from "./activationInputs";
import type { MaybeUnknown } from "./arguments";
import { UNKNOWN } from "./resource";

/** The arguments that determine the target, and the outputs of the same names. */
export interface TargetProperties {
  readonly projectId?: string | undefined;
  readonly connection?: string | undefined;
}

/** Arguments of which another value is another target, which forces replacement. */
export const REPLACEMENT_KEYS = ["projectId", "connection"] as const;

/** @param id the engine's id of a resource: the project's, or a word for the organization. */
export function targetOf(kind: ScopeKind, id: string, connection: string = DEFAULT_CONNECTION): Target {
  return { connection, scope: kind === "organization" ? ORGANIZATION : { kind, projectId: id } };
}

/** The target of a resource that is to be created; undefined while it is unknown. */
export function targetIfKnown(
  kind: ScopeKind,
  { projectId, connection }: MaybeUnknown<TargetProperties>,
): Target | undefined {
  if (projectId === UNKNOWN || connection === UNKNOWN) return undefined;
  return targetOf(kind, resourceId({ projectId }), connection);
}

export function resourceId({ projectId }: TargetProperties): string {
  return projectId ?? ORGANIZATION.kind;
}

/** What a target adds to inputs and outputs: nothing for the organization of the default connection. */
export function targetProperties({ connection, scope }: Target): TargetProperties {
  return {
    ...(scope.kind === "project" && { projectId: scope.projectId }),
    ...(connection !== DEFAULT_CONNECTION && { connection }),
  };
}
