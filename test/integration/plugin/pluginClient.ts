import { credentials } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, toStruct } from "../../../provider/plugin/wire";
import type { Properties } from "../../../provider/resource/resource";

/** Calls a plugin as the engine does. Properties are plain objects. */
export class PluginClient {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.enable_http_proxy": 0,
    });
  }

  close(): void {
    this.client.close();
  }

  async handshake(engineAddress: string): Promise<messages.ProviderHandshakeResponse> {
    const request = new messages.ProviderHandshakeRequest().setEngineAddress(engineAddress);
    return new Promise((resolve, reject) => {
      this.client.handshake(request, settle(resolve, reject));
    });
  }

  async configure(args: Properties, name = "default"): Promise<messages.ConfigureResponse> {
    const request = new messages.ConfigureRequest().setArgs(toStruct(args)).setName(name);
    return new Promise((resolve, reject) => {
      this.client.configure(request, settle(resolve, reject));
    });
  }

  async check(urn: string, olds: Properties, news: Properties) {
    const request = new messages.CheckRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
    const response = await new Promise<messages.CheckResponse>((resolve, reject) => {
      this.client.check(request, settle(resolve, reject));
    });
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
    };
  }

  async diff(urn: string, id: string, olds: Properties, news: Properties) {
    const request = new messages.DiffRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(toStruct(olds))
      .setNews(toStruct(news));
    const response = await new Promise<messages.DiffResponse>((resolve, reject) => {
      this.client.diff(request, settle(resolve, reject));
    });
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      diffs: response.getDiffsList(),
      paths: response
        .getDetaileddiffMap()
        .toObject(false, (_, difference) => difference.toObject())
        .map(([path]) => path),
    };
  }

  async create(urn: string, news: Properties, preview = false, timeoutSeconds = 0) {
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setProperties(toStruct(news))
      .setPreview(preview)
      .setTimeout(timeoutSeconds);
    const response = await new Promise<messages.CreateResponse>((resolve, reject) => {
      this.client.create(request, settle(resolve, reject));
    });
    return { id: response.getId(), properties: fromStruct(response.getProperties()) };
  }

  async update(urn: string, id: string, olds: Properties, news: Properties, preview = false) {
    const request = new messages.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(toStruct(olds))
      .setNews(toStruct(news))
      .setPreview(preview);
    const response = await new Promise<messages.UpdateResponse>((resolve, reject) => {
      this.client.update(request, settle(resolve, reject));
    });
    return fromStruct(response.getProperties());
  }

  async read(urn: string, id: string, properties?: Properties) {
    const request = new messages.ReadRequest().setUrn(urn).setId(id);
    if (properties) request.setProperties(toStruct(properties));
    const response = await new Promise<messages.ReadResponse>((resolve, reject) => {
      this.client.read(request, settle(resolve, reject));
    });
    return {
      id: response.getId(),
      properties: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async delete(urn: string, id: string, properties: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(toStruct(properties));
    await new Promise((resolve, reject) => {
      this.client.delete(request, settle(resolve, reject));
    });
  }

  async list(type: string, query: Properties, limit = 0) {
    const request = new messages.ListRequest()
      .setToken(`openai-certificates:index:${type}`)
      .setQuery(toStruct(query))
      .setLimit(limit);
    const responses: (messages.ListResponse.AsObject["result"] | "unknown")[] = [];
    for await (const response of this.client.list(request) as AsyncIterable<messages.ListResponse>)
      responses.push(response.hasComputed() ? "unknown" : response.getResult()?.toObject());
    return responses;
  }

  async invoke(name: string, args: Properties) {
    const request = new messages.InvokeRequest()
      .setTok(`openai-certificates:index:${name}`)
      .setArgs(toStruct(args));
    const response = await new Promise<messages.InvokeResponse>((resolve, reject) => {
      this.client.invoke(request, settle(resolve, reject));
    });
    return {
      result: fromStruct(response.getReturn()),
      failures: response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() })),
    };
  }

  async schema(): Promise<unknown> {
    const response = await new Promise<messages.GetSchemaResponse>((resolve, reject) => {
      this.client.getSchema(new messages.GetSchemaRequest(), settle(resolve, reject));
    });
    return JSON.parse(response.getSchema());
  }

  async checkConfig(urn: string, news: Properties) {
    const request = new messages.CheckRequest().setUrn(urn).setNews(toStruct(news));
    const response = await new Promise<messages.CheckResponse>((resolve, reject) => {
      this.client.checkConfig(request, settle(resolve, reject));
    });
    return fromStruct(response.getInputs());
  }

  /** @returns whether the engine is to take the provider for changed, and for one to replace. */
  async diffConfig(olds: Properties, news: Properties) {
    const request = new messages.DiffRequest().setOldInputs(toStruct(olds)).setNews(toStruct(news));
    const response = await new Promise<messages.DiffResponse>((resolve, reject) => {
      this.client.diffConfig(request, settle(resolve, reject));
    });
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
    };
  }

  async cancel(): Promise<void> {
    await new Promise((resolve, reject) => {
      this.client.cancel(new Empty(), settle(resolve, reject));
    });
  }
}

function settle<T>(
  resolve: (response: T) => void,
  reject: (error: ServiceError) => void,
): (error: ServiceError | null, response: T) => void {
  return (error, response) => {
    if (error) reject(error);
    else resolve(response);
  };
}
