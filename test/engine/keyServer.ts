import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The key of the stacks that use the key server: 32 bytes. */
export const DATA_KEY = Buffer.from("the key of stacks that tests use");

/** What a stack's file says of a key that HashiCorp Vault has encrypted. */
export const KEY_SERVER_SETTINGS = {
  secretsprovider: "hashivault://stacks",
  encryptedkey: Buffer.from("vault:v1:stacks").toString("base64"),
} as const;

export interface KeyServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Decrypts the key of a stack, as HashiCorp Vault does: one request in place of a million rounds of hashing, which are a
 * fifth of the processor time of a command.
 */
export async function startKeyServer(): Promise<KeyServer> {
  const server = createServer((request, response) => {
    const known = request.url === "/v1/transit/decrypt/stacks";
    const body = known ? { data: { plaintext: DATA_KEY.toString("base64") } } : { errors: ["no such key"] };
    request.resume();
    response.writeHead(known ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
