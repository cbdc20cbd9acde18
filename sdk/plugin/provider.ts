import { ProviderResource, secret } from "@pulumi/pulumi";
import type { Input, ResourceOptions } from "@pulumi/pulumi";
import { PACKAGE, providerOptions } from "./pluginOptions";

/** The arguments of {@link Provider}. The stack's configuration and the environment do not apply to it. */
export interface ProviderArgs {
  /**
   * An admin key of the organization, with the permissions `api.mtls.read` and `api.mtls.write`. Create it as an owner
   * of the organization; a project's API key is not accepted. Stored as a secret.
   */
  readonly adminKey: Input<string>;
  /**
   * The address of the API. Plain http is allowed only for this machine. Defaults to `https://api.openai.com/v1`, and
   * with a client certificate to `https://mtls.api.openai.com/v1`. Another server forces replacement of the provider and
   * its resources.
   */
  readonly baseUrl?: Input<string>;
  /**
   * The id of the organization, sent as the header `OpenAI-Organization`. Defaults to the organization of the admin key.
   * Another id in place of one forces replacement of the provider and its resources.
   */
  readonly organization?: Input<string>;
  /**
   * The provider's own client certificate, followed by its intermediates: PEM text or the path of a file. Set it
   * together with `clientKey`. A private key in it is rejected, because this argument is not stored as a secret. Defaults
   * to none: requests then fail while mutual TLS is enforced.
   */
  readonly clientCertificate?: Input<string>;
  /** The private key of `clientCertificate`: PEM text or the path of a file. Stored as a secret. */
  readonly clientKey?: Input<string>;
  /**
   * The passphrase of an encrypted `clientKey`. Leading and trailing white space is significant. Stored as a secret.
   * Defaults to none.
   */
  readonly clientKeyPassphrase?: Input<string>;
  /**
   * Certificate authorities to trust in addition to the well-known ones: PEM text or the path of a file. Defaults to
   * none.
   */
  readonly caBundle?: Input<string>;
  /**
   * The deadline of one attempt of a request in seconds, from connecting to the last byte of the response: 1 to 86400.
   * Defaults to 30.
   */
  readonly timeoutSeconds?: Input<number>;
  /** The time in seconds that one operation may wait for retries: 0 (no retries) to 86400. Defaults to 600. */
  readonly retryTimeoutSeconds?: Input<number>;
  /**
   * Whether previews of changed arguments call the API: "true", "false", or "required", with which a preview fails that
   * could not verify them. Defaults to "true".
   */
  readonly verifyInPreview?: Input<string>;
}

/**
 * The connection to one OpenAI organization. Create one to manage another organization, and name it in the option
 * `provider` of resources. It uses its arguments only. Resources without it use the stack's configuration, and then the
 * environment.
 */
export class Provider extends ProviderResource {
  /**
   * Settings are validated when the provider is about to send a request: an invalid one fails that preview or update.
   *
   * @param name The name of the provider in the stack. It cannot be one that Pulumi gives to default providers, such as
   * `default` or `default_1_0_0`.
   * @param args The settings of the connection.
   * @param options Options that every Pulumi resource has, such as `parent`.
   */
  constructor(name: string, args: ProviderArgs, options: ResourceOptions = {}) {
    const secrets = {
      adminKey: secretOf(args.adminKey),
      clientKey: secretOf(args.clientKey),
      clientKeyPassphrase: secretOf(args.clientKeyPassphrase),
    };
    super(PACKAGE, name, { ...args, ...secrets }, providerOptions(options));
  }
}

function secretOf(value: Input<string> | undefined): Input<string> | undefined {
  return value === undefined ? undefined : secret(value);
}
