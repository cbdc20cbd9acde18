import { issueCa, issueClient, issueIntermediate, issueServer } from "../certificates/issue";
import type { IssuedCertificate } from "../certificates/issue";

/** The texts of the files that a rehearsal needs, by name. */
export type RehearsalFiles = Readonly<Record<string, string>>;

/**
 * Issues what an organization and its server have. The files have the names that the guides use:
 * - `gateway-ca.pem`, `gateway-2027-ca.pem` and `batch-ca.pem` are authorities to upload. Those of the gateway are
 *   intermediates, as the guides recommend.
 * - `client`, `client-2027` and `batch` are workloads; `ci-client` and `ci-client-2027` are the provider.
 * - `unknown-client` comes from an authority that nobody uploads.
 */
export async function issueFiles(): Promise<RehearsalFiles> {
  const root = await issueCa({ name: "Acme root" });
  const gateway = await issueIntermediate(root, { name: "gateway" });
  const successor = await issueIntermediate(root, { name: "gateway 2027" });
  const batch = await issueCa({ name: "batch" });
  const stranger = await issueCa({ name: "unknown" });
  const server = await issueServer();
  return {
    "server-ca.pem": server.authorityPem,
    ...pair("server", server),
    "gateway-ca.pem": gateway.pem,
    "gateway-2027-ca.pem": successor.pem,
    "batch-ca.pem": batch.pem,
    ...pair("client", await issueClient(gateway)),
    ...pair("client-2027", await issueClient(successor)),
    ...pair("ci-client", await issueClient(gateway, { name: "ci" })),
    ...pair("ci-client-2027", await issueClient(successor, { name: "ci" })),
    ...pair("batch", await issueClient(await issueIntermediate(batch, { name: "batch jobs" }))),
    ...pair("unknown-client", await issueClient(stranger)),
  };
}

const pair = (name: string, { chainPem, keyPem }: IssuedCertificate): RehearsalFiles => ({
  [`${name}.pem`]: chainPem,
  [`${name}.key`]: keyPem,
});
