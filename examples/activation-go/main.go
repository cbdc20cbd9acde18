package main

import (
	"example.com/pulumi-openai-certificates/sdk/go/openaicertificates"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		var certificateIDs []string
		settings.RequireObject("certificateIds", &certificateIDs)

		mtls, err := openaicertificates.NewOrgCertificateActivation(ctx, "mtls",
			&openaicertificates.OrgCertificateActivationArgs{
				CertificateIds: pulumi.ToStringArray(certificateIDs),
				Exclusive:      pulumi.Bool(settings.GetBool("exclusive")),
			})
		if err != nil {
			return err
		}

		ctx.Export("certificates", mtls.Certificates)
		ctx.Export("enforced", mtls.Enforced)
		ctx.Export("unmanagedActiveCertificateIds", mtls.UnmanagedActiveCertificateIds)
		ctx.Export("earliestExpiresAt", mtls.EarliestExpiresAt)
		return nil
	})
}
