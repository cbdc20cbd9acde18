/** What the pages use of Vault's package, which is too large to install for a check of types. */
declare module "@pulumi/vault" {
  import type { CustomResource, Input, Output } from "@pulumi/pulumi";

  export class Mount extends CustomResource {
    readonly path: Output<string>;
    constructor(name: string, args: { path: Input<string>; type: Input<string> });
  }

  export namespace pkisecret {
    class SecretBackendRootCert extends CustomResource {
      readonly certificate: Output<string>;
      constructor(
        name: string,
        args: { backend: Input<string>; type: Input<string>; commonName: Input<string>; ttl?: Input<string> },
      );
    }
  }
}
