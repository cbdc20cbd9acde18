import pulumi
from pulumi_openai_certificates import get_certificates_output

active = get_certificates_output(active=True)

pulumi.export("activeNames", active.apply(lambda found: [each.name for each in found.certificates]))
