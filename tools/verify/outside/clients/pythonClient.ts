import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Client } from "./client";
import type { Outcome } from "./step";

const SCRIPT = join(__dirname, "client.py");

/**
 * The official client for Python, in a process that lives as long as the client.
 * @param bin the folder of the `python` that has the package.
 */
export function pythonClient(bin: string): Client {
  // Nothing of the environment: the client reads keys, proxies and base URLs from there.
  const child = spawn(join(bin, "python"), [SCRIPT], { env: {}, stdio: ["pipe", "pipe", "inherit"] });
  const lines: AsyncIterator<string, undefined> = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  return {
    async perform(emulator, request) {
      const { key = emulator.adminKey, retries = 0 } = request;
      child.stdin.write(`${JSON.stringify({ ...request, key, retries, baseUrl: emulator.url })}\n`);
      const { value, done } = await lines.next();
      if (done === true)
        throw new Error(`${SCRIPT} ended at ${JSON.stringify(request)}; its error is above.`);
      return JSON.parse(value) as Outcome;
    },
    typeProblems: () => [],
    async close() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
