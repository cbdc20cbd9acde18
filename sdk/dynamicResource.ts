import { CustomResource } from "@pulumi/pulumi";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { checkProgram } from "./checkProgram";
import { dynamicOptions } from "./dynamicOptions";
import { warnOfClearKeys } from "./warnOfClearKeys";

/**
 * What Pulumi's host of dynamic providers runs for each resource: the text of a module that exports a provider. It is part
 * of every state, so it names nothing but this package and the export of its `./provider` entry: it is the same on every
 * machine, and the installed version of the package runs.
 *
 * `dynamic.Resource` of the SDK would write such a text with a function for each method, in 2 kB, and load a compiler for
 * that.
 */
const PROVIDERS = {
  OrgCertificateActivation: providerText("organization"),
  ProjectCertificateActivation: providerText("project"),
  Certificate: providerText("certificate"),
} as const;

function providerText(name: keyof typeof import("../provider")): string {
  return `exports.handler = () => require("pulumi-openai-certificates/provider").${name};`;
}

/** The arguments of a resource, and its outputs. */
type Properties = Readonly<Record<string, unknown>> & {
  /** The namespace of its settings. */
  readonly connection?: Input<string>;
};

/** A resource of this package's dynamic provider. */
export abstract class DynamicResource extends CustomResource {
  /**
   * @param type the name of the class.
   * @param properties its arguments, and every output.
   * @throws RunError when the program cannot use the provider.
   */
  protected constructor(
    type: keyof typeof PROVIDERS,
    name: string,
    properties: Properties,
    options: CustomResourceOptions | undefined,
  ) {
    checkProgram(properties.connection);
    super(
      `pulumi-nodejs:dynamic/openai-certificates:${type}`,
      name,
      { ...properties, __provider: PROVIDERS[type] },
      dynamicOptions(type, options),
    );
    warnOfClearKeys(properties.connection);
  }
}
