import { status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { partialFailure, RpcError, toRpcError } from "../../../provider/plugin/rpcError";
import { fromStruct } from "../../../provider/plugin/wire";
import { UserError } from "../../../provider/shared/userError";

describe("the response to a failed operation", () => {
  test("has the status for no change when the operation made none", () => {
    expect(toRpcError(new UserError("not allowed"))).toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: "not allowed",
    });
  });

  test("leaves it open after a defect, and shows where it is", () => {
    const { code, details } = toRpcError(new TypeError("x is not a function"));
    expect(code).toBe(status.UNKNOWN);
    expect(details).toMatch(/^TypeError: x is not a function\n\s+at .*rpcError\.test\.ts/);
  });

  test("is sent as it is when it is one already", () => {
    const error = new RpcError("no such type", status.INVALID_ARGUMENT);
    expect(toRpcError(error)).toBe(error);
  });
});

test("a partial failure has the id, what is real, the inputs and each problem in its details", () => {
  const problems = ["activate, chunk 2 of 3 failed", "active now (1): cert_a"];
  const error = partialFailure({
    id: "organization",
    properties: { certificateIds: ["cert_a"], earliestExpiresAt: undefined },
    inputs: { certificateIds: ["cert_a", "cert_b"] },
    problems,
  });
  const [encoded] = error.metadata.get("grpc-status-details-bin");
  const details = Status.deserializeBinary(encoded as Buffer);
  const [detail] = details.getDetailsList();
  const failed = detail?.unpack(
    (bytes) => ErrorResourceInitFailed.deserializeBinary(bytes),
    "pulumirpc.ErrorResourceInitFailed",
  );
  expect(error).toMatchObject({ code: status.UNKNOWN, message: problems[0] });
  expect(failed?.getId()).toBe("organization");
  expect(fromStruct(failed?.getProperties())).toEqual({ certificateIds: ["cert_a"] });
  expect(fromStruct(failed?.getInputs())).toEqual({ certificateIds: ["cert_a", "cert_b"] });
  expect(failed?.getReasonsList()).toEqual(problems);
});
