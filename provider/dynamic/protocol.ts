import type { dynamic } from "@pulumi/pulumi";
import type { Properties } from "../resource/resource";

export type { Properties } from "../resource/resource";

/**
 * A provider as the closures in a state call it: its method names are a contract with every state ever written.
 *
 * Each method rejects with an Error that names the value, the reason and the remedy. The Error of a create or an update
 * that stopped halfway also has the properties `id`, `properties` and `reasons`, with which the engine stores the
 * actual state.
 */
export interface Provider {
  /**
   * Receives the stack's configuration. The first call of a process; settings are validated by the first request.
   * @param request The configuration, read by full key, such as `openai-certificates:adminKey`.
   */
  configure(request: dynamic.ConfigureRequest): Promise<void>;
  /**
   * Validates arguments, in previews and updates, without a change of the organization.
   * @param olds The inputs of the last update.
   * @param news The arguments of the program. Unknown values are allowed.
   * @returns The inputs to store, and each reason why an argument is invalid.
   */
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  /**
   * Compares the state with inputs, without a request.
   * @param id The id of the resource.
   * @param olds The outputs of the last update.
   * @param news The inputs as `check` returned them.
   */
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  /**
   * Activates or uploads certificates.
   * @param inputs The inputs as `check` returned them, without unknown values.
   */
  create(inputs: Properties): Promise<dynamic.CreateResult>;
  /**
   * Reads the actual state, for a refresh or for `get`.
   * @param id The id of the resource.
   * @param properties The outputs of the last update. Absent when the resource is not managed.
   * @returns The outputs and inputs; without an id when the resource does not exist.
   */
  read(id: string, properties?: Properties): Promise<dynamic.ReadResult>;
  /**
   * Changes what differs between the organization and the inputs.
   * @param id The id of the resource.
   * @param olds The outputs of the last update.
   * @param news The inputs as `check` returned them, without unknown values.
   */
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  /**
   * Deactivates or deletes certificates.
   * @param id The id of the resource.
   * @param properties The outputs of the last update.
   */
  delete(id: string, properties: Properties): Promise<void>;
}
