import { status } from "@grpc/grpc-js";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import * as v from "valibot";
import { findCertificate, findCertificates } from "../lookup/lookup";
import type { CertificateQuery, ListQuery } from "../lookup/lookup";
import { allKnown, validateAll } from "../resource/arguments";
import type { Checked, Schemas } from "../resource/arguments";
import { invalid, optional, projectIdSchema } from "../resource/argumentSchemas";
import type { Properties } from "../resource/resource";
import { checkFailures, misplacedConnection } from "./resourceHandlers";
import { RpcError } from "./rpcError";
import type schema from "./schema.json";
import { fromStruct, toStruct } from "./wire";

type FunctionToken = keyof typeof schema.functions;

const flag = optional(v.boolean(invalid("use true or false")));
const text = optional(v.string(invalid("use a string")));

const LIST_QUERY: Schemas<ListQuery> = {
  active: flag,
  projectId: optional(projectIdSchema),
};

const CERTIFICATE_QUERY: Schemas<CertificateQuery> = {
  id: text,
  name: text,
  fingerprint: text,
  withContent: flag,
};

/** A function of the schema that is missing here is a type error. */
const FUNCTIONS: Readonly<Record<FunctionToken, (args: Properties) => Promise<InvokeResponse>>> = {
  "openai-certificates:index:getCertificates": (args) =>
    respond(validateAll(LIST_QUERY, args), async (query) => ({
      certificates: await findCertificates(query),
    })),
  "openai-certificates:index:getCertificate": (args) =>
    respond(validateAll(CERTIFICATE_QUERY, args), async (query) => ({ ...(await findCertificate(query)) })),
};

/** Runs a function of the package. */
export async function invoke(request: InvokeRequest): Promise<InvokeResponse> {
  const args = fromStruct(request.getArgs());
  const token = request.getTok();
  const misplaced = misplacedConnection(args);
  if (misplaced.length > 0) return new InvokeResponse().setFailuresList(checkFailures(misplaced));
  if (isFunctionToken(token)) return FUNCTIONS[token](args);
  throw new RpcError(`this provider has no function ${JSON.stringify(token)}`, status.INVALID_ARGUMENT);
}

function isFunctionToken(token: string): token is FunctionToken {
  return Object.hasOwn(FUNCTIONS, token);
}

async function respond<T extends object>(
  checked: Checked<T>,
  run: (args: T) => Promise<Properties>,
): Promise<InvokeResponse> {
  const response = new InvokeResponse();
  if (checked.failures) response.setFailuresList(checkFailures(checked.failures));
  else response.setReturn(toStruct(await run(allKnown(checked))));
  return response;
}
