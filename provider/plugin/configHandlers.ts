import { isDeepStrictEqual } from "node:util";
import {
  CheckFailure,
  CheckResponse,
  ConfigureResponse,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { CheckRequest, ConfigureRequest, DiffRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../resource/resource";
import { misspelledSettings } from "../settings/misspelledSettings";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { warnOnce } from "../shared/log";
import { sanitize } from "../shared/sanitize";
import {
  exposedKeys,
  protectSecrets,
  readConfiguration,
  reservedName,
  unknownSettings,
} from "./configuration";
import { organizationChange } from "./organizationChange";
import { providerInstance } from "./providerInstance";
import { fromStruct, textOf, toStruct } from "./wire";

/** Settings are validated when they are used: a stack without changes needs none. */
export function checkConfig(request: CheckRequest): CheckResponse {
  const args = fromStruct(request.getNews());
  const problems = problemsOf(args, nameIn(request.getUrn()));
  if (problems.length > 0) {
    // The engine prints the value of a property that fails, so none is named.
    return new CheckResponse().setFailuresList(
      problems.map((reason) => new CheckFailure().setReason(reason)),
    );
  }
  const keys = Object.keys(args).map((name) => `${DEFAULT_CONNECTION}:${name}`);
  for (const warning of misspelledSettings(DEFAULT_CONNECTION, keys)) warnOnce(warning);
  const unknown = unknownSettings(args);
  if (unknown.length > 0) {
    // The engine does not call the provider then, and shows all outputs as unknown.
    warnOnce(
      `${unknown.join(", ")} of this provider ${unknown.length > 1 ? "are" : "is"} not known yet, so this preview makes no ` +
        "API call and does not verify its resources. `pulumi up` verifies them before it changes anything.",
    );
  }
  return new CheckResponse().setInputs(toStruct(protectSecrets(args)));
}

/**
 * Settings of another organization replace the resources, which do not exist there. Others reach the same certificates by
 * another key or another way. They have to be reported as a difference, because the engine would otherwise keep the old
 * ones.
 *
 * The engine also calls this for each resource whose provider changes.
 */
export function diffConfig(request: DiffRequest): DiffResponse {
  const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  if (isDeepStrictEqual(olds, news)) return new DiffResponse().setChanges(DIFF_NONE);
  const configuration = readConfiguration(news, nameIn(request.getUrn()), process.env["PULUMI_CONFIG"]);
  const change = organizationChange(olds, news, configuration);
  const instance = providerInstance();
  instance.isUncertain ||= change === "uncertain";
  // The engine asks this about its own arguments before it configures the provider, and about a resource's afterwards.
  instance.isUncertainOnce ||= change === "uncertain" && !instance.configuration;
  const response = new DiffResponse().setChanges(DIFF_SOME);
  if (change === "same" || change === "uncertain") return response;
  instance.replacesResources = true;
  // The engine starts another process for a provider that is replaced, and asks that one about each resource.
  if (instance.configuration) warnOnce(leavingWarning(olds));
  return response.setReplacesList([REPLACED_BY[change]]);
}

export function configure(request: ConfigureRequest): ConfigureResponse {
  providerInstance().configuration = readConfiguration(
    fromStruct(request.getArgs()),
    request.hasName() ? request.getName() : undefined,
    process.env["PULUMI_CONFIG"],
  );
  return new ConfigureResponse().setSupportspreview(true);
}

const REPLACED_BY = { "other server": "baseUrl", "other organization": "organization" } as const;

function problemsOf(args: Properties, name: string | undefined): readonly string[] {
  const reserved = name === undefined ? undefined : reservedName(args, name, process.env["PULUMI_CONFIG"]);
  const exposed = exposedKeys(args).map(
    (setting) =>
      `${setting} contains a private key, which the state would store in clear text. Set clientKey to the private key, and ` +
      `${setting} to certificates alone.`,
  );
  return [...(reserved === undefined ? [] : [reserved]), ...exposed];
}

/** Whatever the resources keep active in the organization that they leave; this request does not name their ids. */
function leavingWarning(olds: Properties): string {
  const [baseUrl, organization] = [textOf(olds["baseUrl"]), textOf(olds["organization"])];
  const old = [organization && `organization ${organization}`, baseUrl && `base URL ${baseUrl}`].filter(
    Boolean,
  );
  const name = old.length === 0 ? "" : ` (${sanitize(old.join(", "))})`;
  return (
    `another organization: all resources of this provider are replaced. The old organization${name} loses what they keep ` +
    "there: after the new organization has it, their certificates are deactivated in the old one, and uploaded ones are " +
    "deleted. If both addresses lead to the same organization, set retainOnDelete on the resources and run `pulumi up` " +
    "first."
  );
}

/** The name in a URN such as `urn:pulumi:dev::project::pulumi:providers:openai-certificates::acme`. */
function nameIn(urn: string): string | undefined {
  return urn.split("::").slice(3).join("::") || undefined;
}
