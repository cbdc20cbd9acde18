import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningProcess } from "../../../../test/engine/process";

/** Finds a port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("The system did not assign a port."));
      });
    });
  });
}

/** Waits until a server accepts connections. @throws Error with its output when it ends first. */
export async function waitForPort(port: number, server: RunningProcess): Promise<void> {
  while (!(await accepts(port))) {
    const ended = await Promise.race([sleep(RETRY_MS), server.result]);
    if (ended) throw new Error(`The server ended before it accepted connections:\n${ended.output}`);
  }
}

/** Milliseconds between two attempts to connect. */
const RETRY_MS = 20;

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
