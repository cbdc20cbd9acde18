import type { Properties, Resource } from "../resource/resource";
import type { Differences } from "./differences";

/** A kind of resource, and what the plugin's schema makes of it. */
export interface PluginResource {
  /** The type token. */
  readonly type: string;
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
  /** The outputs that only the API determines. */
  readonly computed: readonly string[];
  /** Whether an update may change the computed outputs. */
  changesComputed(olds: Properties, news: Properties): boolean;
  /** Why a resource with this state, of the core's shape, must not be removed from its organization. */
  refusesRemoval(state: Properties): string | undefined;
  /** Why an id cannot be that of such a resource, and what to use; undefined when it can. */
  invalidId(id: string): string | undefined;
}
