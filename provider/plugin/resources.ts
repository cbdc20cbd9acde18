import { ID } from "../api/id";
import { ORGANIZATION } from "../api/scope";
import type { ScopeKind } from "../resource/activationInputs";
import { activationResource } from "../resource/activationResource";
import { certificateResource } from "../resource/certificateResource";
import { affectsCertificates } from "../resource/policies";
import type { Properties, Resource } from "../resource/resource";
import { parseStoredActivation, refusesRemoval } from "../resource/storedActivation";
import { activationDifferences, certificateDifferences } from "./differences";
import type { Differences } from "./differences";
import schema from "./schema.json";
import { toListedInputs, toListedState, toMaps } from "./shapes";

/** A kind of resource, and its mapping to the plugin's schema. */
interface Mapping {
  readonly core: Resource;
  /** A state or inputs, in any shape that was ever stored, as the core has them. */
  toCore(properties: Properties): Properties;
  /** Checked inputs of the core as the schema has them. */
  toInputs(inputs: Properties): Properties;
  /** A state of the core as the schema has it. */
  toState(outputs: Properties): Properties;
  /**
   * What an update changes.
   * @param olds the state, in any shape.
   * @param news checked inputs.
   * @param surplus ids that the resource does not manage, and deactivates because its set is exclusive.
   */
  differences(olds: Properties, news: Properties, surplus: ReadonlySet<string>): Differences;
  /** Whether an update may change the computed outputs. */
  changesComputed(olds: Properties, news: Properties): boolean;
  /** The computed outputs that a resource with these inputs does not have. */
  absentOutputs(inputs: Properties): readonly string[];
  /** Why a resource with this state, of the core's shape, must not be removed from its organization. */
  refusesRemoval(state: Properties): string | undefined;
  /** Why an id cannot be that of such a resource, and what to use; undefined when it can. */
  idProblem(id: string): string | undefined;
}

export interface PluginResource extends Mapping {
  /** The outputs that only the API determines. */
  readonly computed: readonly string[];
}

type ResourceToken = keyof typeof schema.resources;

/** A resource of the schema that is missing here is a type error. */
const RESOURCES: Readonly<Record<ResourceToken, Mapping>> = {
  "openai-certificates:index:OrgCertificateActivation": {
    ...activation("organization"),
    idProblem: (id) =>
      id === ORGANIZATION.kind
        ? undefined
        : `is not the id of an OrgCertificateActivation; use "${ORGANIZATION.kind}", for the organization of the admin key`,
  },
  "openai-certificates:index:ProjectCertificateActivation": {
    ...activation("project"),
    idProblem: idProblemOf(
      "is not the id of a project; use it as shown in the dashboard, such as proj_abc123",
    ),
  },
  "openai-certificates:index:Certificate": {
    core: certificateResource(),
    toCore: withoutDynamic,
    toInputs: withoutDynamic,
    toState: withoutDynamic,
    differences: certificateDifferences,
    // A rename changes nothing else; another certificate is another resource.
    changesComputed: () => false,
    absentOutputs: () => [],
    refusesRemoval: () => undefined,
    idProblem: idProblemOf(
      "is not the id of a certificate; use it as shown in the dashboard, such as cert_abc123",
    ),
  },
};

/** @param type a type token. @returns undefined when the plugin has no such resource. */
export function findResource(type: string): PluginResource | undefined {
  if (!isResourceToken(type)) return undefined;
  const { properties, inputProperties } = schema.resources[type];
  const computed = Object.keys(properties).filter((name) => !Object.hasOwn(inputProperties, name));
  return { ...RESOURCES[type], computed };
}

function isResourceToken(type: string): type is ResourceToken {
  return Object.hasOwn(RESOURCES, type);
}

/** What the activations of an organization and of a project have in common. */
function activation(kind: ScopeKind): Omit<Mapping, "idProblem"> {
  return {
    core: activationResource(kind),
    toCore: toMaps,
    toInputs: toListedInputs,
    toState: toListedState,
    differences: activationDifferences,
    refusesRemoval: (state) => refusesRemoval(parseStoredActivation(state)),
    absentOutputs: ({ clients }) => (clients === undefined ? ["clientTrust"] : []),
    // Certificates of others matter to an exclusive set alone.
    changesComputed: (olds, news) => {
      const paths = [...activationDifferences(olds, news, new Set()).keys()];
      return news["exclusive"] === true || paths.length === 0 || paths.some(affectsCertificates);
    },
  };
}

/** Properties without those that only the dynamic resource has. */
function withoutDynamic({ __provider, connection, ...properties }: Properties): Properties {
  return properties;
}

function idProblemOf(problem: string): (id: string) => string | undefined {
  return (id) => (ID.test(id) ? undefined : problem);
}
