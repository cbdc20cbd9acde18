import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";
import { createAuthority, issueClient } from "./authority";

const config = new pulumi.Config();
/** Names of the authorities that are trusted. The last one issues the client certificates. */
const names = config.requireObject<string[]>("authorities");
/** The clients, this provider included. */
const clientNames = config.requireObject<string[]>("clients");

const authorities = names.map((name) => ({ name, ...createAuthority(name) }));
const issuer = authorities.at(-1);
if (issuer === undefined) throw new Error("set at least one name in `authorities`");

const uploads = authorities.map(
  ({ name, certificate }) => new Certificate(name, { name, certificate: certificate.certPem }),
);
/** What the clients present now, by name: what is issued counts only after it was deployed. */
const deployed = config.getObject<Record<string, string>>("deployed") ?? {};
const mtls = new OrgCertificateActivation("mtls", {
  certificateIds: config.requireBoolean("activate") ? uploads.map(({ id }) => id) : [],
  clients: deployed,
});

const clients = clientNames.map((name) => [name, issueClient(name, issuer)] as const);
export const certificates = Object.fromEntries(
  clients.map(([name, { certificate }]) => [name, certificate.certPem]),
);
export const keys = pulumi.secret(
  Object.fromEntries(clients.map(([name, { key }]) => [name, key.privateKeyPem])),
);
export const active = mtls.certificateIds;
