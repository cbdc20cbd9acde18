import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Emulator } from "../emulator/index";

/** A proxy behind which an emulator has the names of the vendor's hosts. */
export interface VendorStandIn {
  /** The address of the proxy. */
  readonly url: string;
  /** The hosts that were called, in order. */
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy that redirects each tunnel to the emulator, whose certificate has the names of the vendor's hosts. */
export async function startVendorStandIn(emulator: Emulator): Promise<VendorStandIn> {
  const { port, hostname } = new URL(emulator.url);
  const tunnels: Duplex[] = [];
  const hosts: string[] = [];
  const proxy = createServer().on("connect", (request, socket) => {
    hosts.push((request.url ?? "").replace(/:\d+$/, ""));
    const tunnel = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnels.push(socket);
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    hosts,
    close: async () => {
      for (const tunnel of tunnels) tunnel.destroy();
      await new Promise((resolve) => {
        proxy.close(resolve);
        proxy.closeAllConnections();
      });
    },
  };
}
