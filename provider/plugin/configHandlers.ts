import { isDeepStrictEqual } from "node:util";
import { CheckResponse, ConfigureResponse, DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { CheckRequest, ConfigureRequest, DiffRequest } from "@pulumi/pulumi/proto/provider_pb";
import { configureSession } from "../session/session";
import { warnOnce } from "../shared/log";
import { protectSecrets, readConfiguration, unknownSettings } from "./configuration";
import { fromStruct, toStruct } from "./wire";

/** Settings are validated when they are used: a stack without changes needs none. */
export function checkConfig(request: CheckRequest): CheckResponse {
  const args = fromStruct(request.getNews());
  const unknown = unknownSettings(args);
  if (unknown.length > 0) {
    // The engine does not call the provider then, and shows all outputs as unknown.
    warnOnce(
      `${unknown.join(", ")} of this provider not known yet, so this preview does not verify the resources of this ` +
        "provider and makes no API call. `pulumi up` verifies them before it changes anything.",
    );
  }
  return new CheckResponse().setInputs(toStruct(protectSecrets(args)));
}

/**
 * Other settings never replace the resources: they reach the same certificates by another key or another way. They have to
 * be reported as a difference, because the engine would otherwise keep the old ones.
 */
export function diffConfig(request: DiffRequest): DiffResponse {
  const isSame = isDeepStrictEqual(fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  return new DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
}

export function configure(request: ConfigureRequest): ConfigureResponse {
  const { read, source } = readConfiguration(
    fromStruct(request.getArgs()),
    request.getName(),
    process.env["PULUMI_CONFIG"],
  );
  configureSession(read, source);
  return new ConfigureResponse().setSupportspreview(true);
}
