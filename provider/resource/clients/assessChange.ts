import { activeIds } from "../../activation/plan";
import type { ScopeApi } from "../../activation/scopeApi";
import { ApiError } from "../../api/errors/apiError";
import { assessClients } from "../../clients/assessClients";
import type { Assessed } from "../../clients/assessClients";
import type { AssessedGroup, ChangeAssessment } from "../../clients/changeAssessment";
import { clientsOfOthers } from "../../clients/clientsOfOthers";
import type { KnownClient } from "../../clients/knownClient";
import type { Update } from "../../clients/outcome";
import type { Verdicts } from "../../clients/standing";
import { rememberedVerdicts } from "../../clients/storedTrust";
import { NO_VERDICTS } from "../../clients/verdictTable";
import { knownContent } from "../../session/knownContents";
import { knownClients } from "./argument";
import type { ReadContent } from "./contentReader";
import type { ResourceClients } from "./resourceClients";
import { alsoActive, candidatesOf, updateOf } from "./scopeChange";
import type { ScopeChange } from "./scopeChange";

/** Finds out what an update means for the clients of a resource, and for those that others of the run declare. */
export async function assessChange(
  scoped: ScopeApi,
  resource: ResourceClients,
  change: ScopeChange,
  read: ReadContent,
): Promise<ChangeAssessment> {
  const now = Date.now() / 1000;
  const { clients, lockout, verdicts } = resource;
  const own = knownClients(clients).clients;
  const organization = await scoped.inherited();
  const inherited = activeIds(organization);
  const candidates = [
    ...candidatesOf([...organization, ...change.listed], verdicts?.keyIdentifiers ?? {}),
    ...change.unknownIds.candidates,
  ];
  const assess = (
    clients: readonly KnownClient[],
    active: ReadonlySet<string> | undefined,
    remembered: Verdicts,
  ): Promise<Assessed> => {
    const { endsStepwise } = change;
    const update = alsoActive(updateOf(change), active);
    const contents = new Map([...knownContents(update), ...change.unknownIds.contents]);
    return assessClients({ clients, update, candidates, contents, endsStepwise, remembered, now }, read);
  };
  const remembered = verdicts ? rememberedVerdicts(verdicts.trust, own, now) : NO_VERDICTS;
  const ofResource = await assess(own, inherited, remembered);
  const groups: [AssessedGroup, ...AssessedGroup[]] = [{ ...ofResource, clients: own, isOwn: true, lockout }];
  for (const { projectId, clients: declared } of await scoped.declaredClients()) {
    const others =
      projectId === undefined
        ? clientsOfOthers(declared, "another resource", { clients: own, lockout })
        : clientsOfOthers(declared, `project ${projectId}`, { clients: [], lockout });
    const active = projectId === undefined ? inherited : await activeInProject(scoped, projectId);
    for (const [policy, ofPolicy] of Map.groupBy(others, (each) => each.lockout)) {
      const known = ofPolicy.map(({ client }) => client);
      groups.push({
        ...(await assess(known, active, NO_VERDICTS)),
        clients: known,
        isOwn: false,
        lockout: policy,
      });
    }
  }
  return { groups, candidates, inherited };
}

async function activeInProject(
  scoped: ScopeApi,
  projectId: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    return await scoped.activeInProject(projectId);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return undefined;
  }
}

function knownContents({ before, after }: Update): ReadonlyMap<string, string> {
  const ids = before.certain.union(after.certain).union(after.possible);
  return new Map(
    [...ids].flatMap((id): [string, string][] => {
      const pem = knownContent(id);
      return pem === undefined ? [] : [[id, pem]];
    }),
  );
}
