import { status } from "@grpc/grpc-js";
import {
  CheckFailure as CheckFailureMessage,
  CheckResponse,
  CreateResponse,
  DiffResponse,
  PropertyDiff,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CheckFailure, Properties, UpdateResult } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import { UserError } from "../shared/userError";
import type { Differences } from "./differences";
import { providerInstance } from "./providerInstance";
import { findResource } from "./resources";
import type { PluginResource } from "./resources";
import { partialFailure, RpcError } from "./rpcError";
import { isFromDynamicResource } from "./shapes";
import { fromStruct, toStruct } from "./wire";

/** A path below a set of ids: the engine would take the position of the sorted list in the state for one in the program's. */
const POSITION_IN_SET = /^(?:certificateIds|\["certificateIds"\])[.[]/;

function ignoredPosition(path: string): string {
  return (
    `ignoreChanges: ${JSON.stringify(path)} is a position, and certificateIds is a set: the state has it in another ` +
    "order than the program. Use `certificateIds` as a whole."
  );
}

export async function check(request: CheckRequest): Promise<CheckResponse> {
  const resource = resourceOf(request);
  const [olds, news] = [resource.toCore(fromStruct(request.getOlds())), fromStruct(request.getNews())];
  const refused = [...misplacedConnection(news), ...refusedMove(resource, request)];
  if (refused.length > 0) return new CheckResponse().setFailuresList(checkFailures(refused));
  const { inputs, failures } = await resource.core.check(olds, news);
  const response = new CheckResponse();
  if (inputs) response.setInputs(toStruct(resource.toInputs(inputs)));
  response.setFailuresList(checkFailures(failures));
  return response;
}

export async function diff(request: DiffRequest): Promise<DiffResponse> {
  const resource = resourceOf(request);
  const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
  const positional = request.getIgnorechangesList().find((path) => POSITION_IN_SET.test(path));
  if (positional !== undefined) throw new UserError(ignoredPosition(positional));
  const {
    changes,
    replaces,
    surplus = new Set(),
  } = await resource.core.diff(request.getId(), resource.toCore(olds), resource.toCore(news));
  const isVerified = changes || (await verify(resource, request.getId(), olds));
  const response = new DiffResponse();
  // A state that the dynamic resource wrote is rewritten even if nothing else changes: programs read it. What is not
  // verified is updated, because the update verifies it.
  if (!changes && isVerified && !isFromDynamicResource(olds))
    return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  response.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
  response.setReplacesList([...replaces]);
  setDifferences(response, resource.differences(olds, news, surplus));
  return response;
}

export async function create(request: CreateRequest): Promise<CreateResponse> {
  const resource = resourceOf(request);
  const news = fromStruct(request.getProperties());
  const response = new CreateResponse();
  if (request.getPreview()) {
    await resource.core.preview?.(undefined, {}, resource.toCore(news));
    return response.setProperties(toStruct(withUnknown(resource, news)));
  }
  const { id, outputs, problems } = await resource.core.create(resource.toCore(news));
  const properties = resource.toState(outputs);
  if (problems) throw partialFailure({ id, properties, inputs: news, problems });
  response.setId(id);
  response.setProperties(toStruct(properties));
  return response;
}

export async function update(request: UpdateRequest): Promise<UpdateResponse> {
  const resource = resourceOf(request);
  const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
  const response = new UpdateResponse();
  const id = request.getId();
  if (request.getPreview()) {
    await resource.core.preview?.(id, resource.toCore(olds), resource.toCore(news));
    if (providerInstance().isUncertainOnce) await resource.core.verify(id, resource.toCore(olds));
    return response.setProperties(toStruct(previewUpdate(resource, olds, news)));
  }
  const { outputs, problems } = await updateVerified(resource, id, olds, news);
  const properties = resource.toState(outputs);
  if (problems) throw partialFailure({ id, properties, inputs: news, problems });
  return response.setProperties(toStruct(properties));
}

/** Updates a resource once it is certain that the organization is the one that its state describes. */
async function updateVerified(
  resource: PluginResource,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<UpdateResult> {
  const { isUncertain, isUncertainOnce } = providerInstance();
  const state = resource.toCore(olds);
  try {
    if (isUncertain) await resource.core.assertStored?.(id, state);
    return await resource.core.update(id, state, resource.toCore(news));
  } catch (error) {
    if (!isUncertainOnce || !(error instanceof UserError)) throw error;
    // So that the engine updates the resource next time, although its provider does not change then.
    throw partialFailure({ id, properties: olds, inputs: news, problems: [error.message] });
  }
}

/** Also imports: then the request has no properties, and the inputs of the response become the program's. */
export async function read(request: ReadRequest): Promise<ReadResponse> {
  const resource = resourceOf(request);
  const id = request.getId();
  const problem = resource.idProblem(id);
  if (problem !== undefined) throw new UserError(`${JSON.stringify(id)} ${problem}.`);
  const found = await resource.core.read(id, resource.toCore(fromStruct(request.getProperties())));
  const response = new ReadResponse();
  // Without an id, the engine takes the resource for deleted.
  if (!found) return response;
  response.setId(id);
  response.setProperties(toStruct(resource.toState(found.outputs)));
  response.setInputs(toStruct(resource.toInputs(found.inputs)));
  return response;
}

export async function deleteResource(request: DeleteRequest): Promise<Empty> {
  const resource = resourceOf(request);
  await resource.core.delete(request.getId(), resource.toCore(fromStruct(request.getProperties())));
  return new Empty();
}

/**
 * Makes sure that the organization is the one that a state describes, if the provider's settings leave that open.
 * @returns false if an update has to do that.
 * @throws UserError when it is another one, if the next update compares the settings again.
 */
async function verify(resource: PluginResource, id: string, olds: Properties): Promise<boolean> {
  const { isUncertain, isUncertainOnce } = providerInstance();
  if (!isUncertain) return true;
  return resource.core.verify(id, resource.toCore(olds)).catch((error: unknown) => {
    if (!isUncertainOnce) throw error;
    return false;
  });
}

/** The argument `connection` of the dynamic resources would be ignored, so that another organization is changed. */
export function misplacedConnection({ connection }: Properties): readonly CheckFailure[] {
  if (connection === undefined) return [];
  const reason =
    "the plugin has no connections: requests would go to the organization of the resource's provider. Remove connection, " +
    "and set the option provider to a Provider with the settings as arguments.";
  return [{ property: "connection", reason }];
}

/**
 * Why a resource must not move to the organization of its provider. The engine first checks it with its state, then asks
 * whether the provider has changed, and checks it again as a new resource if it is to be replaced.
 */
function refusedMove(resource: PluginResource, request: CheckRequest): readonly CheckFailure[] {
  const { replacesResources, states } = providerInstance();
  const urn = request.getUrn();
  const olds = fromStruct(request.getOlds());
  const isNew = Object.keys(olds).length === 0;
  if (!isNew) states.set(urn, resource.toCore(fromStruct(request.getOldOutputs() ?? request.getOlds())));
  const old = states.get(urn);
  const reason = isNew && replacesResources && old ? resource.refusesRemoval(old) : undefined;
  return reason === undefined ? [] : [{ property: "enforcementChange", reason }];
}

export function checkFailures(failures: readonly CheckFailure[]): CheckFailureMessage[] {
  return failures.map(({ property, reason }) =>
    new CheckFailureMessage().setProperty(property).setReason(reason),
  );
}

/** @throws RpcError when the plugin has no such type. */
function resourceOf(request: { getUrn(): string }): PluginResource {
  const type = typeOf(request.getUrn());
  const resource = findResource(type);
  if (resource) return resource;
  throw new RpcError(`this provider has no resource type ${JSON.stringify(type)}`, status.INVALID_ARGUMENT);
}

/** The type in a URN such as `urn:pulumi:dev::project::parent:type$openai-certificates:index:Certificate::name`. */
function typeOf(urn: string): string {
  const [, , types = ""] = urn.split("::");
  return types.split("$").at(-1) ?? "";
}

function setDifferences(response: DiffResponse, differences: Differences): void {
  response.setHasdetaileddiff(true);
  for (const [path, kind] of differences)
    response.getDetaileddiffMap().set(path, new PropertyDiff().setKind(PropertyDiff.Kind[kind]));

  const properties = [...differences.keys()].map((path) => path.replace(/\[.*$/, ""));
  response.setDiffsList([...new Set(properties)]);
}

/** The outputs of a preview. One that is missing would be undefined in the program instead of unknown. */
function withUnknown(resource: PluginResource, inputs: Properties): Properties {
  const absent = new Set(resource.absentOutputs(inputs));
  const unknown = resource.computed.filter((name) => !absent.has(name));
  return { ...Object.fromEntries(unknown.map((name) => [name, UNKNOWN])), ...inputs };
}

function previewUpdate(resource: PluginResource, olds: Properties, news: Properties): Properties {
  if (resource.changesComputed(olds, news)) return withUnknown(resource, news);
  return { ...resource.toState(resource.toCore(olds)), ...news };
}
