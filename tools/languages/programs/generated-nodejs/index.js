const pulumi = require("@pulumi/pulumi");
const { OrgCertificateActivation } = require("pulumi-openai-certificates-sdk");

const config = new pulumi.Config();

const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: config.requireObject("certificateIds"),
  exclusive: config.getBoolean("exclusive") ?? false,
});

exports.certificates = mtls.certificates;
exports.enforced = mtls.enforced;
exports.unmanagedActiveCertificateIds = mtls.unmanagedActiveCertificateIds;
exports.earliestExpiresAt = mtls.earliestExpiresAt;
