import { issueCa, issueClient } from "../../test/emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../../test/emulator/certificates/issue";

/** Two authorities, and a client with a certificate of each. */
export interface ClientsOfDemo {
  readonly old: Authority;
  readonly next: Authority;
  readonly before: IssuedCertificate;
  readonly after: IssuedCertificate;
}

let issued: Promise<ClientsOfDemo> | undefined;

/** Issues them once. */
export function clientsOfDemo(): Promise<ClientsOfDemo> {
  return (issued ??= issue());
}

async function issue(): Promise<ClientsOfDemo> {
  const [old, next] = [await issueCa({ name: "partner 2026" }), await issueCa({ name: "partner 2027" })];
  const [before, after] = [
    await issueClient(old, { name: "batch" }),
    await issueClient(next, { name: "batch" }),
  ];
  return { old, next, before, after };
}
