/** What the pages use of AWS's package, which is too large to install for a check of types. */
declare module "@pulumi/aws" {
  import type { Input, Output } from "@pulumi/pulumi";

  export namespace acmpca {
    function getCertificateAuthorityOutput(args: {
      arn: Input<string>;
    }): Output<{ readonly certificate: string }>;
  }
}
