import type { CustomResourceOptions, InvokeOutputOptions, ResourceOptions } from "@pulumi/pulumi";
import { takeOver } from "../takeOver";
import { downloadUrl } from "./downloadUrl";
import type { PackageManifest } from "./downloadUrl";

/** The name of the plugin's package. */
export const PACKAGE = "openai-certificates";

/** The type token of a resource of the plugin, or of a function. */
export function tokenOf(name: string): string {
  return `${PACKAGE}:index:${name}`;
}

/** The options of a resource of the plugin. It takes over the one that the dynamic provider manages. */
export function resourceOptions(type: string, options: CustomResourceOptions = {}): CustomResourceOptions {
  return takeOver(`pulumi-nodejs:dynamic/openai-certificates:${type}`, providerOptions(options));
}

/** The options of a provider. The engine looks for a plugin of the same version as this package. */
export function providerOptions<T extends ResourceOptions>(options: T): T {
  return { ...pluginToUse(), ...options };
}

/** The options of a function. */
export function invokeOptions(options: InvokeOutputOptions = {}): InvokeOutputOptions {
  return { ...pluginToUse(), ...options };
}

function pluginToUse(): { readonly version: string; readonly pluginDownloadURL?: string } {
  // By the package's name, so that it does not depend on where the built files are.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const manifest = require("pulumi-openai-certificates/package.json") as PackageManifest;
  const url = downloadUrl(manifest);
  return { version: manifest.version, ...(url !== undefined && { pluginDownloadURL: url }) };
}
