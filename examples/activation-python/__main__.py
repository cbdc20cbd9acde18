import pulumi
from pulumi_openai_certificates import OrgCertificateActivation

config = pulumi.Config()

mtls = OrgCertificateActivation(
    "mtls",
    certificate_ids=config.require_object("certificateIds"),
    exclusive=config.get_bool("exclusive", False),
)

pulumi.export("certificates", mtls.certificates)
pulumi.export("enforced", mtls.enforced)
pulumi.export("unmanagedActiveCertificateIds", mtls.unmanaged_active_certificate_ids)
pulumi.export("earliestExpiresAt", mtls.earliest_expires_at)
