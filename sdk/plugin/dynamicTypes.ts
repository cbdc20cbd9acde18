import type { CustomResource } from "@pulumi/pulumi";

/** The arguments of a resource or function without `connection`, which a provider replaces. */
export type WithoutConnection<Args> = Omit<Args, "connection">;

/** The outputs of a resource of the dynamic provider, which are those of the plugin's, too. */
export type OutputsOf<Resource extends CustomResource> = Omit<Resource, keyof CustomResource>;
