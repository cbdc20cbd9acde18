import { Server, ServerCredentials } from "@grpc/grpc-js";
import type {
  handleServerStreamingCall,
  handleUnaryCall,
  sendUnaryData,
  ServerUnaryCall,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaResponse, ProviderHandshakeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ProviderHandshakeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { sharedRun, startRun } from "../session/session";
import { cancellation, cancelOperations, withTimeout } from "../shared/cancellation";
import { forgetMessages, sendMessagesWith, withMessages } from "../shared/log";
import { checkConfig, configure, diffConfig } from "./configHandlers";
import { connectToEngine, sendToEngine, withUrn } from "./engineConnection";
import { invoke } from "./invokes";
import { list } from "./lists";
import { ProviderInstances, withInstance } from "./providerInstance";
import { check, create, deleteResource, diff, read, update } from "./resourceHandlers";
import { toRpcError } from "./rpcError";
import schema from "./schema.json";

/** What the engine accepts in one message. Source: `rpcutil.GrpcChannelOptions` of Pulumi. gRPC's default is 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Starts the server on a free port of this machine. Messages go to the engine from now on. */
export async function startServer(): Promise<{ readonly port: number; readonly server: Server }> {
  sendMessagesWith(sendToEngine);
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  server.addService(ResourceProviderService, SERVICE);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) reject(error);
    else resolve(port);
  });
  return { port: await promise, server };
}

const instances = new ProviderInstances();
/** The address of the engine of the current run. */
let currentEngine: string | undefined;

/** Begins the run of an engine, unless another provider of it is attached to this process already. */
async function joinRun(address: string, peer: string): Promise<void> {
  if (address === currentEngine && !instances.has(peer) && !cancellation().aborted) {
    instances.add(peer);
    return;
  }
  currentEngine = address;
  connectToEngine(address);
  instances.startRun(peer);
  startRun();
  forgetMessages();
  await sharedRun.join(address);
}

const SERVICE: UntypedServiceImplementation = {
  /** The first request to a provider: one process serves several, and several runs, when a debugger has started it. */
  handshake: (
    call: ServerUnaryCall<ProviderHandshakeRequest, ProviderHandshakeResponse>,
    respond: sendUnaryData<ProviderHandshakeResponse>,
  ) => {
    void joinRun(call.request.getEngineAddress(), call.getPeer()).then(() => {
      // The engine itself keeps what is secret: arguments arrive in clear, and outputs of the same names become secret.
      respond(null, new ProviderHandshakeResponse());
    });
  },
  attach: unary((request: PluginAttach) => {
    connectToEngine(request.getAddress());
    return new Empty();
  }),
  getPluginInfo: unary(() => new PluginInfo().setVersion(schema.version)),
  getSchema: unary(() => new GetSchemaResponse().setSchema(JSON.stringify(schema))),

  checkConfig: unary(checkConfig),
  diffConfig: unary(diffConfig),
  configure: unary(configure),

  check: unary(check),
  diff: unary(diff),
  create: unary(create),
  update: unary(update),
  read: unary(read),
  delete: unary(deleteResource),
  list: streaming(list),
  invoke: unary(invoke),

  /** Ctrl-C. The engine also sends it at the end of each run, when there is nothing left to cancel. */
  cancel: unary(() => {
    cancelOperations();
    return new Empty();
  }),
};

/** Handles requests of one kind with one response each. */
function unary<Request extends object, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, respond) => {
    handled(call, handle).then(
      (response) => {
        respond(null, response);
      },
      (error: unknown) => {
        respond(toRpcError(error));
      },
    );
  };
}

/** Handles requests of one kind with any number of responses each. */
function streaming<Request extends object, Response>(
  handle: (request: Request) => Promise<readonly Response[]>,
): handleServerStreamingCall<Request, Response> {
  return (call) => {
    handled(call, handle).then(
      (responses) => {
        for (const response of responses) call.write(response);
        call.end();
      },
      (error: unknown) => {
        call.emit("error", toRpcError(error));
      },
    );
  };
}

/** Handles a request to one provider. What is logged meanwhile reaches the engine before the response does. */
async function handled<Request extends object, Result>(
  call: { readonly request: Request; getPeer(): string },
  handle: (request: Request) => Result | Promise<Result>,
): Promise<Result> {
  const request: Request & OfResource = call.request;
  const handleRequest = async (): Promise<Result> =>
    withTimeout(request.getTimeout?.() ?? 0, async () =>
      withInstance(instances.get(call.getPeer()), () => handle(request)),
    );
  return withUrn(request.getUrn?.() ?? "", () => withMessages(handleRequest));
}

/** Most requests are about a resource or a provider, and those that read or change one may have a timeout. */
interface OfResource {
  getUrn?(): string | undefined;
  /** In seconds; 0 for none. */
  getTimeout?(): number;
}
