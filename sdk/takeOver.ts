import { mergeOptions } from "@pulumi/pulumi";
import type { CustomResourceOptions } from "@pulumi/pulumi";

/** The options of a resource that takes over the one with the same name and parent that another provider manages. */
export function takeOver(from: string, options?: CustomResourceOptions): CustomResourceOptions {
  return mergeOptions(options, { aliases: [{ type: from }] });
}
