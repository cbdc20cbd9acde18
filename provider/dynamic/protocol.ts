import type { dynamic } from "@pulumi/pulumi";
import type { Properties } from "../resource/resource";

export type { Properties } from "../resource/resource";

/** A provider as the closures in a state call it: its method names are a contract with every state ever written. */
export interface Provider {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  create(inputs: Properties): Promise<dynamic.CreateResult>;
  read(id: string, properties?: Properties): Promise<dynamic.ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  delete(id: string, properties: Properties): Promise<void>;
}
