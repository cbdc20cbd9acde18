import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface ReceivedMessage {
  readonly severity: "info" | "warning" | "other";
  readonly urn: string;
  readonly text: string;
}

/** The part of the engine that plugins call: it receives messages. */
export interface FakeEngine {
  readonly address: string;
  readonly messages: ReceivedMessage[];
  close(): void;
}

export async function startFakeEngine(): Promise<FakeEngine> {
  const messages: ReceivedMessage[] = [];
  const server = new Server();
  server.addService(EngineService, {
    log: ({ request }: ServerUnaryCall<LogRequest, Empty>, respond: sendUnaryData<Empty>) => {
      messages.push({
        severity: SEVERITIES.get(request.getSeverity()) ?? "other",
        urn: request.getUrn(),
        text: request.getMessage(),
      });
      respond(null, new Empty());
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) reject(error);
    else resolve(port);
  });
  return {
    address: `127.0.0.1:${await promise}`,
    messages,
    close: () => {
      server.forceShutdown();
    },
  };
}

const SEVERITIES: ReadonlyMap<LogSeverity, ReceivedMessage["severity"]> = new Map([
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
]);
