import { Metadata, status } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Properties } from "../resource/resource";
import { UserError } from "../shared/userError";
import { toStruct } from "./wire";

/** An error as gRPC sends it. */
export class RpcError extends Error implements ServiceError {
  override readonly name = "RpcError";
  readonly details: string;

  constructor(
    message: string,
    readonly code: status,
    readonly metadata: Metadata = new Metadata(),
  ) {
    super(message);
    this.details = message;
  }
}

/** The response to an operation that failed. */
export function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  // With UNKNOWN, INTERNAL or DATA_LOSS the engine assumes that the state may be incomplete.
  if (error instanceof UserError) return new RpcError(error.message, status.FAILED_PRECONDITION);
  // A defect. Its stack is the only trace of it that the user sees.
  return new RpcError(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    status.UNKNOWN,
  );
}

/** What exists of a resource whose creation or update stopped halfway. */
export interface PartialResource {
  readonly id: string;
  readonly properties: Properties;
  readonly inputs: Properties;
  /** One fact per line. */
  readonly problems: readonly string[];
}

/**
 * An error that the engine takes for "partially created or updated": it keeps `properties` as the outputs, prints
 * each problem, and calls `update` on the next `pulumi up` although the inputs are equal.
 */
export function partialFailure({ id, properties, inputs, problems }: PartialResource): RpcError {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(toStruct(properties));
  failed.setInputs(toStruct(inputs));
  failed.setReasonsList([...problems]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const [message = "the operation stopped halfway"] = problems;
  const details = new Status();
  details.setCode(status.UNKNOWN);
  details.setMessage(message);
  details.addDetails(detail);
  const metadata = new Metadata();
  // Where gRPC carries the details of an error. Source: google.rpc.Status.
  metadata.set("grpc-status-details-bin", Buffer.from(details.serializeBinary()));
  return new RpcError(message, status.UNKNOWN, metadata);
}
