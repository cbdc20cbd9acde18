import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import os from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Properties } from "../../provider/dynamic/protocol";
import { organization } from "../../provider/index";
import { sharedRun, startRun } from "../../provider/session/session";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import type { Command } from "./otherProcess";

const ENGINE = "127.0.0.1:40001";
const ANOTHER_ENGINE = "127.0.0.1:40002";

let emulator: Emulator;
let log: CapturedLog;
let temporary: string;
let children: ChildProcess[];

beforeEach(async () => {
  startRun();
  temporary = mkdtempSync(join(os.tmpdir(), "shared-run-"));
  jest.spyOn(os, "tmpdir").mockReturnValue(temporary);
  children = [];
  log = captureLog();
  emulator = await startEmulator();
  emulator.seed(["cert_a", "cert_b", "cert_c"].map((id) => ({ id, active: true })));
  const settings = new Map([
    ["openai-certificates:baseUrl", emulator.url],
    ["openai-certificates:adminKey", emulator.adminKey],
  ]);
  await organization.configure({ config: { get: (key: string) => settings.get(key) } as never });
});

afterEach(async () => {
  startRun();
  log.restore();
  await Promise.all(children.map(end));
  await emulator.close();
  jest.restoreAllMocks();
  rmSync(temporary, { recursive: true });
});

/** Starts another provider process of the run of an engine, and waits until it has joined. */
async function startOther(engine = ENGINE): Promise<ChildProcess> {
  const child = fork(join(__dirname, "otherProcess.ts"), [engine, emulator.url, emulator.adminKey], {
    execArgv: ["--require", "tsx/cjs"],
    env: { ...process.env, TMPDIR: temporary },
  });
  children.push(child);
  await once(child, "message");
  return child;
}

async function tell(child: ChildProcess, command: Command): Promise<void> {
  child.send(command);
  await once(child, "message");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}

const ids = (...active: readonly string[]): Properties =>
  Object.fromEntries(active.map((id) => [id, "active"]));
const remove = (...managed: readonly string[]) =>
  organization.delete("organization", { certificateIds: ids(...managed) });

test("an id that another process of the run declares is not deactivated", async () => {
  await sharedRun.join(ENGINE);
  await tell(await startOther(), { do: "check", certificateIds: ["cert_a"] });
  await remove("cert_a", "cert_b");
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_c"]);
});

test("what was declared before this process joined counts, too", async () => {
  await tell(await startOther(), { do: "check", certificateIds: ["cert_a"] });
  await sharedRun.join(ENGINE);
  await remove("cert_a");
  expect(emulator.activeIds()).toContain("cert_a");
});

test("an id that a process of another run declares is deactivated", async () => {
  await sharedRun.join(ENGINE);
  await tell(await startOther(ANOTHER_ENGINE), { do: "check", certificateIds: ["cert_a"] });
  await remove("cert_a");
  expect(emulator.activeIds()).not.toContain("cert_a");
});

test("what a process declared that has ended no longer counts", async () => {
  await sharedRun.join(ENGINE);
  const other = await startOther();
  await tell(other, { do: "check", certificateIds: ["cert_a"] });
  await end(other);
  await remove("cert_a");
  expect(emulator.activeIds()).not.toContain("cert_a");
});

test("an update waits while another process checks a resource", async () => {
  await sharedRun.join(ENGINE);
  const other = await startOther();
  await tell(other, { do: "start a check" });
  const removed = remove("cert_a");
  await tell(other, { do: "check", certificateIds: ["cert_a"] });
  await tell(other, { do: "end the check" });
  await removed;
  expect(emulator.activeIds()).toContain("cert_a");
});

test("a resource whose id another process has deactivated is updated", async () => {
  await sharedRun.join(ENGINE);
  const other = await startOther();
  await tell(other, {
    do: "update",
    from: { certificateIds: ids("cert_a", "cert_b") },
    to: { certificateIds: ids("cert_a") },
  });
  expect(emulator.activeIds()).not.toContain("cert_b");
  const state = { certificateIds: ids("cert_b"), certificates: {} };
  const checked = await organization.check(state, { certificateIds: ["cert_b"] });
  expect(await organization.diff("organization", state, checked.inputs as Properties)).toMatchObject({
    changes: true,
  });
});

test("the socket of a process can be reached by this user only, and holds no secret", async () => {
  await sharedRun.join(ENGINE);
  await organization.check({}, { certificateIds: ["cert_a"] });
  const [name = ""] = readdirSync(temporary).filter((each) => each.startsWith("pulumi-openai-certificates"));
  const folder = join(temporary, name);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const [socket = ""] = readdirSync(folder);
  const said = await text(createConnection(join(folder, socket)));
  expect(said).toContain("cert_a");
  expect(said).not.toContain(emulator.adminKey);
});

test("where others can write to the folder of the sockets, the update continues without them, with a warning", async () => {
  const folder = join(temporary, `pulumi-openai-certificates-${process.getuid?.()}`);
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  await sharedRun.join(ENGINE);
  await remove("cert_a");
  expect(emulator.activeIds()).not.toContain("cert_a");
  expect(log.lines).toContainEqual(expect.stringContaining(`${folder} is not accessible to this user alone`));
});
