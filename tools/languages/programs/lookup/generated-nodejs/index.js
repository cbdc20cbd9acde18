const { getCertificatesOutput } = require("pulumi-openai-certificates-sdk");

const { certificates } = getCertificatesOutput({ active: true });

exports.activeNames = certificates.apply((found) => found.map(({ name }) => name));
