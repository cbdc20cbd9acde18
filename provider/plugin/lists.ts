import { status } from "@grpc/grpc-js";
import { ListResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ListRequest } from "@pulumi/pulumi/proto/provider_pb";
import * as v from "valibot";
import { ORGANIZATION } from "../api/scope";
import { findCertificates } from "../lookup/lookup";
import { allKnown, validateAll } from "../resource/arguments";
import type { Schemas } from "../resource/arguments";
import { invalid, optional, projectIdSchema } from "../resource/argumentSchemas";
import type { Properties } from "../resource/resource";
import { UNKNOWN } from "../resource/resource";
import { RpcError } from "./rpcError";
import type schema from "./schema.json";
import { fromStruct } from "./wire";

type Token = keyof typeof schema.resources;

/** A resource that exists, by an id that `import` accepts. */
interface ExistingResource {
  readonly id: string;
  readonly name?: string | null | undefined;
}

const NOTHING: Schemas<object> = {};

const CERTIFICATES: Schemas<{ readonly active?: boolean | undefined }> = {
  active: optional(v.boolean(invalid("use true or false"))),
};

const projectIds = v.array(projectIdSchema, invalid("use a list of project ids, such as [proj_abc123]"));

const PROJECTS: Schemas<{ readonly projectIds: readonly string[] }> = { projectIds };

/** A resource of the schema that is missing here is a type error. */
const LISTS: Readonly<Record<Token, (query: Properties) => Promise<readonly ExistingResource[]>>> = {
  "openai-certificates:index:Certificate": (query) =>
    findCertificates(allKnown(validateAll(CERTIFICATES, query))),
  // There is one, whether certificates are active or not.
  "openai-certificates:index:OrgCertificateActivation": (query) => {
    allKnown(validateAll(NOTHING, query));
    return Promise.resolve([{ id: ORGANIZATION.kind }]);
  },
  // This part of the API has no list of projects. A list of its certificates fails if there is no such project.
  "openai-certificates:index:ProjectCertificateActivation": async (query) => {
    const named = new Set(allKnown(validateAll(PROJECTS, query)).projectIds);
    for (const projectId of named) await findCertificates({ projectId });
    return [...named].map((id) => ({ id }));
  },
};

/** Lists the existing resources of a type, whether a stack has them or not. */
export async function list(request: ListRequest): Promise<readonly ListResponse[]> {
  const token = request.getToken();
  if (!isToken(token)) {
    throw new RpcError(
      `this provider has no resource type ${JSON.stringify(token)}`,
      status.INVALID_ARGUMENT,
    );
  }
  const query = fromStruct(request.getQuery());
  if (Object.values(query).includes(UNKNOWN))
    return [new ListResponse().setComputed(new ListResponse.Computed())];
  const found = await LISTS[token](query);
  const limit = request.getLimit();
  // One response has all of them: the API stores about fifty certificates.
  return found
    .slice(0, limit > 0 ? limit : undefined)
    .map(({ id, name }) =>
      new ListResponse().setResult(new ListResponse.Result().setId(id).setName(name ?? "")),
    );
}

function isToken(token: string): token is Token {
  return Object.hasOwn(LISTS, token);
}
