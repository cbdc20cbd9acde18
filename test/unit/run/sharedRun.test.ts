import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import type { Server } from "node:net";
import { createConnection, createServer } from "node:net";
import os from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { SharedRun } from "../../../provider/run/sharedRun";
import { cancelOperations, resetCancellation } from "../../../provider/shared/cancellation";
import { forgetMessages, withMessages } from "../../../provider/shared/log";
import { captureLog } from "../../support/capturedLog";
import { Processes } from "./processes";
import type { Process } from "./processes";

const ENGINE = "127.0.0.1:40001";
const SCOPE = ["key of the organization"];

let processes: Processes;
let own: Process;
let servers: Server[];

beforeEach(async () => {
  forgetMessages();
  servers = [];
  processes = new Processes();
  own = await processes.start(ENGINE, SCOPE);
});

afterEach(() => {
  for (const server of servers) server.close();
  processes.remove();
  resetCancellation();
});

/** What is logged during an operation. */
async function messagesOf(operation: () => Promise<unknown>): Promise<string> {
  const log = captureLog();
  try {
    await withMessages(operation);
    return log.lines.join("\n");
  } finally {
    log.restore();
  }
}

const declared = async () => [...(await own.declarations.known()).declared];

/** A socket name of the run of the own process. @param digits the part of the other process. */
const socketOfRun = (digits: string) =>
  join(processes.folder, `${processes.sockets[0]?.split("/").at(-1)?.slice(0, 9) ?? ""}${digits}`);

/** A process that accepts connections and never responds. */
async function startSilent(): Promise<void> {
  const server = createServer(() => undefined);
  servers.push(server);
  server.listen(socketOfRun("aaaaaaaaaa"));
  await once(server, "listening");
}

/** Leaves a socket behind, as a process does that is killed. */
async function leaveBehind(path: string): Promise<void> {
  const script = `require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
  await once(spawn(process.execPath, ["-e", script, path]), "exit");
  expect(existsSync(path)).toBe(true);
}

test("only the user can reach the socket of a process, which contains ids and no key", async () => {
  own.declarations.declare(["cert_a"]);
  const [socket = ""] = processes.sockets;
  expect(statSync(socket).isSocket()).toBe(true);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  const said = await text(createConnection(socket));
  expect(JSON.parse(said)).toEqual({
    checks: { running: 0, lastAt: 0 },
    scopes: [
      {
        scope: [expect.stringMatching(/^[0-9a-f]{64}$/)],
        declared: ["cert_a"],
        managed: [],
        announcedSurplus: [],
        clients: [],
        unknown: "none",
        changes: [],
      },
    ],
  });
  expect(said).not.toContain("key of");
});

test("a process that leaves takes its socket with it, and can join again", async () => {
  own.run.leave();
  await Promise.resolve();
  expect(processes.sockets).toEqual([]);
  await own.run.join("127.0.0.1:40002");
  expect(processes.sockets).toHaveLength(1);
});

test("a process joins one run only", async () => {
  await own.run.join("127.0.0.1:40002");
  expect(processes.sockets).toHaveLength(1);
});

test("what a killed process of the run left behind is ignored and deleted", async () => {
  const path = socketOfRun("aaaaaaaaaa");
  await leaveBehind(path);
  expect(await declared()).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

test("what a killed process of another run left behind is deleted by the next process", async () => {
  const path = join(processes.folder, "00000000-aaaaaaaaaa");
  await leaveBehind(path);
  await processes.start(ENGINE, SCOPE);
  while (existsSync(path)) await new Promise((resolve) => setImmediate(resolve));
});

test.each([
  [
    "a file",
    (path: string) => {
      writeFileSync(path, JSON.stringify({ type: "check started", pid: 1 }));
    },
  ],
  [
    "a folder",
    (path: string) => {
      mkdirSync(path);
    },
  ],
])("%s in place of a socket changes nothing", async (_, plant) => {
  plant(socketOfRun("aaaaaaaaaa"));
  const { declarations } = await processes.start(ENGINE, SCOPE);
  declarations.declare(["cert_a"]);
  expect(
    await messagesOf(async () => {
      expect(await declared()).toEqual(["cert_a"]);
    }),
  ).toBe("");
});

test.each([
  ["is not JSON", "{"],
  ["is of another version", JSON.stringify({ checks: {}, scopes: [] })],
])("a text that %s is ignored", async (_, said) => {
  const server = createServer((socket) => socket.end(said));
  servers.push(server);
  server.listen(socketOfRun("aaaaaaaaaa"));
  await once(server, "listening");
  expect(await declared()).toEqual([]);
});

test("a process that does not respond is waited for once, and a warning names what is not known", async () => {
  await startSilent();
  expect(await messagesOf(declared)).toBe(
    "warning: another provider process does not respond, so the ids that it declares are not known. Do not move ids " +
      "between resources of different providers or plugin versions in one update.",
  );
  const before = performance.now();
  await declared();
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("a wait for a process that does not respond ends when the user cancels", async () => {
  await startSilent();
  expect(
    await messagesOf(async () => {
      const known = declared();
      setImmediate(cancelOperations);
      expect(await known).toEqual([]);
    }),
  ).toBe("");
});

describe("a run whose processes cannot reach each other", () => {
  test.each([
    [
      "its folder is accessible to the group",
      () => {
        chmodSync(processes.folder, 0o750);
      },
    ],
    [
      "its folder is accessible to everyone",
      () => {
        chmodSync(processes.folder, 0o705);
      },
    ],
    [
      "its folder is another user's",
      () => {
        jest.spyOn(process, "getuid").mockReturnValue(4_000_001);
        mkdirSync(join(processes.temporary, "pulumi-openai-certificates-4000001"), { mode: 0o700 });
      },
    ],
    [
      "its folder cannot be created",
      () => {
        jest.spyOn(process, "getuid").mockReturnValue(4_000_000);
        writeFileSync(join(processes.temporary, "pulumi-openai-certificates-4000000"), "");
      },
    ],
  ])("because %s continues with one warning", async (_, prevent) => {
    prevent();
    const run = new SharedRun();
    const messages = await messagesOf(async () => {
      await run.join(ENGINE);
      await run.join(ENGINE);
      expect(await run.others()).toEqual([]);
    });
    expect(messages).toMatch(
      /^warning: cannot share declared ids with other provider processes: .+\. Do not move ids between resources of different providers or plugin versions in one update\.$/,
    );
  });
});

test("a folder for temporary files with a long name is replaced by /tmp, because the path of a socket is limited", async () => {
  const long = join(processes.temporary, "x".repeat(100));
  mkdirSync(long);
  jest.spyOn(os, "tmpdir").mockReturnValue(long);
  const [one, two] = [await processes.start(ENGINE, SCOPE), await processes.start(ENGINE, SCOPE)];
  two.declarations.declare(["cert_a"]);
  expect((await one.declarations.known()).declared).toEqual(new Set(["cert_a"]));
  expect(readdirSync(long)).toEqual([]);
});
