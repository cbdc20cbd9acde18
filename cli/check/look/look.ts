import { ApiError } from "../../../provider/api/errors/apiError";
import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../provider/api/scope";
import type { Scope } from "../../../provider/api/scope";
import type { KnownClient } from "../../../provider/clients/knownClient";
import { UserError } from "../../../provider/shared/userError";
import type { ReadingApi } from "./api";
import { assess } from "./assess";
import type { AssessedClient } from "./assess";
import { Contents } from "./contents";

/** The certificates of a scope, or why they could not be listed. */
export interface ObservedScope {
  readonly scope: Scope;
  readonly certificates: readonly ListedCertificate[];
  readonly failure?: string;
}

/** What was found out. */
export interface Observed {
  /** The organization, and then the projects. */
  readonly scopes: readonly ObservedScope[];
  /** The client certificate of the command itself, by the active certificates of the organization. */
  readonly own?: AssessedClient;
  /** The clients, by the active certificates of all scopes. */
  readonly clients: readonly AssessedClient[];
  /** Why contents could not be read, by id. */
  readonly unreadable: ReadonlyMap<string, string>;
}

export interface LookInput {
  readonly projects: readonly string[];
  /** The client certificate that the command presents. */
  readonly own?: KnownClient;
  readonly clients: readonly KnownClient[];
  /** Unix seconds. */
  readonly now: number;
  /** Unix seconds. */
  readonly horizon: number;
}

/** Looks at everything, with one call for each scope and one for each content that decides a client. */
export async function look(api: ReadingApi, input: LookInput): Promise<Observed> {
  const scopes = await listAll(api, input.projects);
  const [organization] = scopes;
  const contents = new Contents(api);
  if (!organization || organization.failure !== undefined)
    return { scopes, clients: [], unreadable: contents.failures };
  const ofOrganization = { active: activeIn([organization]), isIncomplete: false };
  const ofAll = {
    active: activeIn(scopes),
    isIncomplete: scopes.some(({ failure }) => failure !== undefined),
  };
  const { own, clients, now, horizon } = input;
  const [assessedOwn] = await assess(
    { ...ofOrganization, clients: own ? [own] : [], now, horizon },
    contents,
  );
  return {
    scopes,
    ...(assessedOwn && { own: assessedOwn }),
    clients: await assess({ ...ofAll, clients, now, horizon }, contents),
    unreadable: contents.failures,
  };
}

/** Lists all scopes, as long as the API is available. Without access to the organization, there is none to its projects. */
async function listAll(api: ReadingApi, projects: readonly string[]): Promise<readonly ObservedScope[]> {
  const scopes: ObservedScope[] = [];
  let isAvailable = true;
  for (const scope of [
    ORGANIZATION,
    ...projects.map((projectId): Scope => ({ kind: "project", projectId })),
  ]) {
    if (!isAvailable) {
      scopes.push({ scope, certificates: [], failure: "not listed, because an earlier request failed" });
      continue;
    }
    try {
      scopes.push({ scope, certificates: await api.list(scope) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      scopes.push({ scope, certificates: [], failure: error.message });
      const isTransient = error instanceof ApiError && error.failure.kind === "unavailable";
      isAvailable = scope.kind === "project" && !isTransient;
    }
  }
  return scopes;
}

/** The active certificates of some scopes, each once. */
function activeIn(scopes: readonly ObservedScope[]): readonly ListedCertificate[] {
  const active = scopes.flatMap(({ certificates }) => certificates.filter((each) => each.active));
  return [...new Map(active.map((each) => [each.id, each])).values()];
}
