package main

import (
	"example.com/pulumi-openai-certificates/sdk/go/openaicertificates"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		active, err := openaicertificates.GetCertificates(ctx, &openaicertificates.GetCertificatesArgs{
			Active: pulumi.BoolRef(true),
		})
		if err != nil {
			return err
		}
		var names []string
		for _, certificate := range active.Certificates {
			names = append(names, *certificate.Name)
		}
		ctx.Export("activeNames", pulumi.ToStringArray(names))
		return nil
	})
}
