import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import { printMessage } from "../shared/log";
import type { Severity } from "../shared/log";
import { engineAddress } from "./engineAddress";

/** An engine on this machine that does not respond within this time has ended. */
const TIMEOUT_MS = 5_000;

type EngineServices = typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
type EngineMessages = typeof import("@pulumi/pulumi/proto/engine_pb");

type Send = (severity: Severity | "status", text: string) => Promise<unknown>;

let connected: Send | undefined;

/**
 * Sends a message to the engine whose dynamic provider process this is. Where that is not possible, the message is
 * printed: the engine shows what a dynamic provider prints.
 */
export async function sendToEngine(severity: Severity | "status", lines: readonly string[]): Promise<void> {
  try {
    connected ??= connect(engineAddress(process.argv));
    await connected(severity, lines.join("\n"));
  } catch {
    // A status is of the moment, and what is printed remains.
    if (severity !== "status") await printMessage(severity, lines);
  }
}

/** Loads gRPC, which takes a while, only when there is something to log. @throws Error when there is no engine. */
function connect(address: string | undefined): Send {
  if (address === undefined) throw new Error("not a provider process");
  // The SDK's own gRPC library: clients and credentials have to be of the same one.
  const requireHere = createRequire(__filename);
  const requireFromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
  const { credentials, Metadata } = requireFromSdk("@grpc/grpc-js") as typeof grpc;
  const { EngineClient } = requireHere("@pulumi/pulumi/proto/engine_grpc_pb") as EngineServices;
  const { LogRequest, LogSeverity } = requireHere("@pulumi/pulumi/proto/engine_pb") as EngineMessages;
  // A proxy in the environment is not meant for the engine, and would lose the messages.
  const client = new EngineClient(address, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  return (severity, text) => {
    const request = new LogRequest();
    request.setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO);
    request.setEphemeral(severity === "status");
    request.setMessage(text);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    client.log(request, new Metadata(), { deadline: Date.now() + TIMEOUT_MS }, (error) => {
      if (error) reject(error);
      else resolve(undefined);
    });
    return promise;
  };
}
