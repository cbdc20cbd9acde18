import { RunError } from "@pulumi/pulumi";
import type { ComponentResourceOptions, CustomResourceOptions, ProviderResource } from "@pulumi/pulumi";
import { takeOver } from "./takeOver";

/** The options of a dynamic resource. It takes over the one that the plugin manages. */
export function dynamicOptions(type: string, options?: CustomResourceOptions): CustomResourceOptions {
  rejectProvider(type, options);
  return takeOver(`openai-certificates:index:${type}`, options);
}

/**
 * Pulumi ignores a provider of the plugin for a dynamic resource, which would then change the organization of the stack's
 * own settings.
 * @throws RunError when the options name one.
 */
export function rejectProvider(
  type: string,
  { provider, providers = [] }: Pick<ComponentResourceOptions, "provider" | "providers"> = {},
): void {
  const given = [...(provider ? [provider] : []), ...Object.values<ProviderResource>(providers)];
  if (!given.some(isOfPlugin)) return;
  throw new RunError(
    `${type} of pulumi-openai-certificates is dynamic and does not use the option ${provider ? "provider" : "providers"}: ` +
      "it would change the organization of the stack's configuration. Set the argument connection instead, or import the " +
      "class from pulumi-openai-certificates/plugin.",
  );
}

/** The method is not part of the declarations of the SDK. */
function isOfPlugin(provider: ProviderResource & { getPackage?(): string }): boolean {
  return provider.getPackage?.() === "openai-certificates";
}
