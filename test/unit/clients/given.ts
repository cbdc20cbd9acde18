import { parseClient } from "../../../provider/clients/knownClient";
import type { KnownClient } from "../../../provider/clients/knownClient";
import type { IssuedCertificate } from "../../emulator/certificates/issue";

/** A client of a program, which must be valid. */
export function knownClient(name: string, pem: string): KnownClient {
  const parsed = parseClient(name, pem);
  if ("problem" in parsed) throw new Error(`${name} ${parsed.problem}`);
  return parsed.client;
}

/** A client that presents its chain. */
export function clientOf({ name, chainPem }: IssuedCertificate): KnownClient {
  return knownClient(name, chainPem);
}
