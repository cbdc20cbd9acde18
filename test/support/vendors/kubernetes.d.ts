/** What the pages use of the package of Kubernetes, which is too large to install for a check of types. */
declare module "@pulumi/kubernetes" {
  import type { CustomResource, Input, Output } from "@pulumi/pulumi";

  export namespace core.v1 {
    class Secret extends CustomResource {
      readonly data: Output<Record<string, string>>;
      static get(name: string, id: Input<string>): Secret;
    }
  }
}
