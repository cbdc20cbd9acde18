import type { ScopeKind } from "../resource/activationInputs";
import { activationResource } from "../resource/activationResource";
import { affectsCertificates } from "../resource/policies";
import { parseStoredActivation, refusesRemoval } from "../resource/storedActivation";
import { activationDifferences } from "./differences";
import type { PluginResource } from "./pluginResource";
import { toListedInputs, toListedState, toMaps } from "./shapes";

/** What the activations of an organization and of a project have in common. */
export function activation(kind: ScopeKind): Omit<PluginResource, "type" | "invalidId"> {
  return {
    core: activationResource(kind),
    toCore: toMaps,
    toInputs: toListedInputs,
    toState: toListedState,
    differences: activationDifferences,
    computed: ["certificates", "enforced", "unmanagedActiveCertificateIds", "earliestExpiresAt"],
    refusesRemoval: (state) => refusesRemoval(parseStoredActivation(state)),
    // Certificates of others matter to an exclusive set alone.
    changesComputed: (olds, news) => {
      const paths = [...activationDifferences(olds, news, new Set()).keys()];
      return news["exclusive"] === true || paths.length === 0 || paths.some(affectsCertificates);
    },
  };
}
