import { status } from "@grpc/grpc-js";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import * as v from "valibot";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import { findCertificate, listCertificates, queryOf } from "../lookup/lookup";
import type { QueryArgs } from "../lookup/lookup";
import { allKnown, validateAll } from "../resource/arguments";
import type { Checked, Schemas } from "../resource/arguments";
import { invalid, optional, projectIdSchema } from "../resource/argumentSchemas";
import type { Properties } from "../resource/resource";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { checkFailures, misplacedConnection } from "./resourceHandlers";
import { RpcError } from "./rpcError";
import { fromStruct, toStruct } from "./wire";

interface GetCertificatesArgs {
  readonly active?: boolean | undefined;
  readonly projectId?: string | undefined;
}

interface GetCertificateArgs extends QueryArgs {
  readonly withContent?: boolean | undefined;
}

const flag = optional(v.boolean(invalid("use true or false")));
const text = optional(v.string(invalid("use a string")));

const GET_CERTIFICATES: Schemas<GetCertificatesArgs> = {
  active: flag,
  projectId: optional(projectIdSchema),
};

const GET_CERTIFICATE: Schemas<GetCertificateArgs> = {
  id: text,
  name: text,
  fingerprint: text,
  withContent: flag,
};

/** Runs a function of the package. */
export async function invoke(request: InvokeRequest): Promise<InvokeResponse> {
  const args = fromStruct(request.getArgs());
  const token = request.getTok();
  const misplaced = misplacedConnection(args);
  if (misplaced.length > 0) return new InvokeResponse().setFailuresList(checkFailures(misplaced));
  switch (token) {
    case "openai-certificates:index:getCertificates":
      return respond(validateAll(GET_CERTIFICATES, args), getCertificates);
    case "openai-certificates:index:getCertificate":
      return respond(validateAll(GET_CERTIFICATE, args), getCertificate);
    default:
      throw new RpcError(`this provider has no function ${JSON.stringify(token)}`, status.INVALID_ARGUMENT);
  }
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

async function getCertificates({ active, projectId }: GetCertificatesArgs): Promise<Properties> {
  const scope: Scope = projectId === undefined ? ORGANIZATION : { kind: "project", projectId };
  const all = await listCertificates(scope, DEFAULT_CONNECTION);
  return { certificates: all.filter((each) => active === undefined || each.active === active) };
}

async function getCertificate(args: GetCertificateArgs): Promise<Properties> {
  return { ...(await findCertificate(queryOf(args), args.withContent ?? false, DEFAULT_CONNECTION)) };
}
