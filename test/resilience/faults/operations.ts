import type { Endpoint } from "../../emulator/index";
import { ids } from "../../support/ids";
import type { OperationResult, StackedProvider } from "./stackedProvider";

/** An operation on a set of 23 certificates, with its calls when there is no fault. */
export interface Operation {
  readonly name: string;
  /** The ids that are active and managed before it. */
  readonly before: readonly string[];
  /** The ids that must be active after it. */
  readonly desired: readonly string[];
  readonly calls: readonly Endpoint[];
  readonly run: (
    resource: StackedProvider,
    inputs: Readonly<Record<string, unknown>>,
  ) => Promise<OperationResult>;
}

export const OPERATIONS: readonly Operation[] = [
  {
    name: "create",
    before: [],
    desired: ids(1, 23),
    calls: ["list", "get", "activate", "activate", "activate"],
    run: (resource, inputs) => resource.up(inputs),
  },
  {
    name: "update",
    before: ids(1, 23),
    desired: ids(13, 35),
    calls: ["list", "get", "activate", "activate", "deactivate", "deactivate"],
    run: (resource, inputs) => resource.up(inputs),
  },
  {
    name: "delete",
    before: ids(1, 23),
    desired: [],
    calls: ["list", "get", "deactivate", "deactivate", "deactivate"],
    run: (resource) => resource.destroy(),
  },
  {
    name: "refresh",
    before: ids(1, 23),
    desired: ids(1, 23),
    calls: ["list"],
    run: (resource) => resource.refresh(),
  },
];
