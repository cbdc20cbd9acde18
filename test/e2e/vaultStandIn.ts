import { join } from "node:path";
import { writeFiles } from "../engine/program";

/** The environment variable from which the stand-in takes the certificate of the authority that it creates. */
const AUTHORITY = "VAULT_STAND_IN_AUTHORITY";

const PACKAGE = `
const pulumi = require("@pulumi/pulumi");

exports.Mount = class extends pulumi.ComponentResource {
  constructor(name, { path }) {
    super("vault:index:Mount", name);
    this.path = pulumi.output(path);
  }
};

const authority = {
  create: async () => ({ id: "authority", outs: { certificate: process.env.${AUTHORITY} } }),
};

exports.pkisecret = {
  SecretBackendRootCert: class extends pulumi.dynamic.Resource {
    constructor(name, args) {
      super(authority, name, { ...args, certificate: undefined });
    }
  },
};
`;

/**
 * Gives a program a package that stands in for Vault's: its authority is created by the update, so its certificate is
 * unknown in the preview.
 * @param folder The program's folder.
 * @returns the name of the environment variable that contains the certificate.
 */
export async function placeVaultStandIn(folder: string): Promise<string> {
  await writeFiles(join(folder, "node_modules/@pulumi/vault"), {
    "package.json": '{ "name": "@pulumi/vault", "version": "0.0.0" }',
    "index.js": PACKAGE,
  });
  return AUTHORITY;
}
