import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import type { ProgramFiles } from "../../engine/program";

/** The folder of the plugin's executable. */
export const PLUGIN_FOLDER = join(REPOSITORY, "test/engine/plugin");

/** Makes the engine start the plugin of this checkout. */
export const PROJECT = `name: program
runtime: nodejs
plugins:
  providers:
    - name: openai-certificates
      path: ${PLUGIN_FOLDER}
`;

/** The plugin's resources and functions in a Node program, without any SDK. */
const CLASSES = `
import * as pulumi from "@pulumi/pulumi";

const PACKAGE = "openai-certificates";
const aliasOf = (type: string) => ({ type: "pulumi-nodejs:dynamic/openai:" + type });
const absent = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: pulumi.Inputs, options?: pulumi.ResourceOptions) {
    super(PACKAGE, name, args, options);
  }
}

const ACTIVATION = ["certificateIds", "certificates", "enforced", "unmanagedActiveCertificateIds", "earliestExpiresAt"];

class Activation extends pulumi.CustomResource {
  declare readonly certificateIds: pulumi.Output<string[]>;
  declare readonly certificates: pulumi.Output<Record<string, unknown>>;
  declare readonly enforced: pulumi.Output<boolean>;
  declare readonly unmanagedActiveCertificateIds: pulumi.Output<string[]>;
  declare readonly earliestExpiresAt: pulumi.Output<number | undefined>;

  constructor(type: string, name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions = {}) {
    const aliases = pulumi.mergeOptions(options, { aliases: [aliasOf(type)] });
    super(PACKAGE + ":index:" + type, name, { ...absent(ACTIVATION), ...args }, aliases);
  }
}

export class OrgCertificateActivation extends Activation {
  constructor(name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    super("OrgCertificateActivation", name, args, options);
  }
}

export class ProjectCertificateActivation extends Activation {
  constructor(name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    super("ProjectCertificateActivation", name, args, options);
  }
}

const CERTIFICATE = [
  "certificate", "name", "createdAt", "validAt", "expiresAt", "subject", "issuer", "serialNumber", "fingerprint", "isCa",
];

export class Certificate extends pulumi.CustomResource {
  declare readonly certificate: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string | undefined>;
  declare readonly expiresAt: pulumi.Output<number>;
  declare readonly subject: pulumi.Output<string>;

  constructor(name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions = {}) {
    const aliases = pulumi.mergeOptions(options, { aliases: [aliasOf("Certificate")] });
    super(PACKAGE + ":index:Certificate", name, { ...absent(CERTIFICATE), ...args }, aliases);
  }
}

export const invoke = (name: string, args: pulumi.Inputs, options?: pulumi.InvokeOptions): Promise<any> =>
  pulumi.runtime.invoke(PACKAGE + ":index:" + name, args, options);
`;

/** A program that uses the plugin. @param body declares resources. */
export function pluginProgram(body: string): ProgramFiles {
  return {
    "Pulumi.yaml": PROJECT,
    "classes.ts": CLASSES,
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, invoke, OrgCertificateActivation, ProjectCertificateActivation, Provider } from "./classes";
${body}
`,
  };
}

/** A program that declares one activation, with its ids and options from the stack's configuration. */
export const PLUGIN_PROGRAM = pluginProgram(`
const config = new pulumi.Config();
const mtls = new OrgCertificateActivation(
  "mtls",
  {
    certificateIds: config.requireObject<string[]>("ids"),
    exclusive: config.getBoolean("exclusive"),
    enforcementChange: config.get("enforcementChange"),
    expiryWarningDays: config.getNumber("expiryWarningDays"),
  },
  config.getObject<pulumi.CustomResourceOptions>("options") ?? {},
);

export const certificateIds = mtls.certificateIds;
export const certificates = mtls.certificates;
export const enforced = mtls.enforced;
export const unmanagedActiveCertificateIds = mtls.unmanagedActiveCertificateIds;
export const earliestExpiresAt = mtls.earliestExpiresAt;
`);
