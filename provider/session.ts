import { Client } from "./api/client";
import { resolveConnection } from "./connection";
import type { ReadConfig } from "./connection/settings";

let readConfig: ReadConfig = () => undefined;
let client: Client | undefined;

/**
 * Remembers where this process's stack configuration is read. Nothing is read or checked yet: a stack in which
 * nothing changes needs no key.
 */
export function configureSession(read: ReadConfig): void {
  readConfig = read;
  client = undefined;
}

/**
 * The process's one client; all resources share it, and with it the throttle.
 * @throws ConnectionError when the configuration cannot be used.
 */
export function sessionClient(): Client {
  return (client ??= new Client(resolveConnection(readConfig, process.env)));
}
