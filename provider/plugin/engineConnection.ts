import { AsyncLocalStorage } from "node:async_hooks";
import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { printMessage } from "../shared/log";
import type { Severity } from "../shared/log";

/** An engine on this machine that does not respond within this time, in milliseconds, has ended, however busy it was. */
const TIMEOUT_MS = 30_000;

/** The resource that the current request is about. */
const currentUrn = new AsyncLocalStorage<string>();

let engine: EngineClient | undefined;

/** Sets the engine that shows messages. @param address host and port. */
export function connectToEngine(address: string): void {
  engine?.close();
  // A proxy in the environment is not meant for the engine, and would lose the messages.
  engine = new EngineClient(address, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
}

/** Runs the operation of a resource, under which the engine shows what is logged meanwhile. */
export function withUrn<T>(urn: string, operation: () => Promise<T>): Promise<T> {
  return currentUrn.run(urn, operation);
}

/** Sends a message to the engine. Prints it if there is none: the engine itself hides what a plugin prints. */
export async function sendToEngine(severity: Severity | "status", lines: readonly string[]): Promise<void> {
  if (!engine) return printMessage(severity, lines);
  const request = new LogRequest();
  // An error would fail the whole update.
  request.setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO);
  request.setEphemeral(severity === "status");
  request.setMessage(lines.join("\n"));
  request.setUrn(currentUrn.getStore() ?? "");
  const { promise, resolve } = Promise.withResolvers<undefined>();
  engine.log(request, new Metadata(), { deadline: Date.now() + TIMEOUT_MS }, () => {
    // An engine that cannot be reached has ended, so nobody would read the message.
    resolve(undefined);
  });
  return promise;
}
