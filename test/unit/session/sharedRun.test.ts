import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SharedRun } from "../../../provider/session/sharedRun";
import { forgetMessages, withMessages } from "../../../provider/shared/log";
import { captureLog } from "../../support/capturedLog";
import { Processes } from "./otherProcesses";

const ENGINE = "127.0.0.1:40001";
const SCOPE = ["key of the organization", "key of the admin"];
const DAY_MS = 24 * 60 * 60 * 1000;

let processes: Processes;
let run: SharedRun;

beforeEach(() => {
  forgetMessages();
  processes = new Processes();
  run = new SharedRun();
  run.join(ENGINE);
});

afterEach(() => {
  run.leave();
  processes.remove();
});

/** Joins the run. @returns what is logged. */
async function messagesOfJoin(joining: SharedRun): Promise<string> {
  const log = captureLog();
  try {
    await withMessages(async () => {
      joining.join(ENGINE);
    });
    return log.lines.join("\n");
  } finally {
    log.restore();
  }
}

const declaredIn = (scope: readonly string[]) => [...run.idsOf(scope).declared];
const deactivatedIn = (scope: readonly string[]) => [...run.idsOf(scope).deactivated];

describe("the ids of other processes", () => {
  test("are those that they declare in the same scope, since the beginning of the run", () => {
    const other = processes.start(ENGINE);
    other.report("declare", SCOPE, ["cert_a", "cert_b"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_b"]);
    other.report("declare", SCOPE, ["cert_c"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_b", "cert_c"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_b", "cert_c"]);
    expect(deactivatedIn(SCOPE)).toEqual([]);
  });

  test("are in the same scope when one of its keys is the same", () => {
    processes.start(ENGINE).report("declare", ["key of the organization", "another admin"], ["cert_a"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a"]);
    expect(declaredIn(["another admin"])).toEqual(["cert_a"]);
    expect(declaredIn(["key of the admin"])).toEqual([]);
    expect(declaredIn([])).toEqual([]);
  });

  test("are deactivated until they are activated again", () => {
    const [one, two] = [processes.start(ENGINE), processes.start(ENGINE)];
    one.report("deactivate", SCOPE, ["cert_a", "cert_b"]);
    expect(deactivatedIn(SCOPE)).toEqual(["cert_a", "cert_b"]);
    two.report("activate", SCOPE, ["cert_a"]);
    expect(deactivatedIn(SCOPE)).toEqual(["cert_b"]);
    two.report("deactivate", SCOPE, ["cert_a"]);
    expect(deactivatedIn(SCOPE)).toEqual(["cert_b", "cert_a"]);
    expect(declaredIn(SCOPE)).toEqual([]);
  });

  test("do not include those of this process", () => {
    run.report("declare", SCOPE, ["cert_a"]);
    run.report("deactivate", SCOPE, ["cert_b"]);
    expect(run.idsOf(SCOPE)).toEqual({ declared: new Set(), deactivated: new Set() });
  });

  test("do not include those of a process that has ended", () => {
    const [one, two] = [processes.start(ENGINE), processes.start(ENGINE)];
    one.report("declare", SCOPE, ["cert_a"]);
    two.report("declare", SCOPE, ["cert_b"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_b"]);
    processes.end(one);
    expect(declaredIn(SCOPE)).toEqual(["cert_b"]);
  });

  test("do not include those of another run of the engine", () => {
    processes.start("127.0.0.1:40002").report("declare", SCOPE, ["cert_a"]);
    expect(declaredIn(SCOPE)).toEqual([]);
  });

  test("are unknown before this process joins and after it leaves", () => {
    processes.start(ENGINE).report("declare", SCOPE, ["cert_a"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a"]);
    run.leave();
    expect(declaredIn(SCOPE)).toEqual([]);
    run.join(ENGINE);
    expect(declaredIn(SCOPE)).toEqual(["cert_a"]);
  });

  test("are those of the first run that this process joins", () => {
    run.join("127.0.0.1:40002");
    processes.start(ENGINE).report("declare", SCOPE, ["cert_a"]);
    processes.start("127.0.0.1:40002").report("declare", SCOPE, ["cert_b"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a"]);
  });
});

describe("the checks of other processes", () => {
  test("run from their start to their end", () => {
    const [one, two] = [processes.start(ENGINE), processes.start(ENGINE)];
    expect(run.checks().running).toBe(0);
    one.reportCheck("check started");
    one.reportCheck("check started");
    two.reportCheck("check started");
    expect(run.checks().running).toBe(3);
    one.reportCheck("check ended");
    expect(run.checks().running).toBe(2);
    processes.end(two);
    expect(run.checks().running).toBe(1);
  });

  test("were seen when their start or end is read, and not when ids are", () => {
    const clock = jest.spyOn(performance, "now").mockReturnValue(1_000);
    const other = processes.start(ENGINE);
    other.report("declare", SCOPE, ["cert_a"]);
    expect(run.checks().lastSeenAt).toBe(-Infinity);
    other.reportCheck("check started");
    expect(run.checks().lastSeenAt).toBe(1_000);
    clock.mockReturnValue(2_000);
    expect(run.checks().lastSeenAt).toBe(1_000);
    other.reportCheck("check ended");
    expect(run.checks().lastSeenAt).toBe(2_000);
    run.leave();
    expect(run.checks()).toEqual({ running: 0, lastSeenAt: -Infinity });
  });

  test("do not include those of this process", () => {
    run.reportCheck("check started");
    expect(run.checks().running).toBe(0);
  });
});

describe("the journal of a run", () => {
  const journal = () => processes.files()[0] ?? "";

  test("contains ids and no key, and only its user can read it", () => {
    run.report("declare", SCOPE, ["cert_a"]);
    run.reportCheck("check started");
    const [declared, check] = readFileSync(journal(), "utf8").trimEnd().split("\n");
    expect(JSON.parse(declared ?? "")).toEqual({
      type: "declare",
      scopes: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)],
      ids: ["cert_a"],
      pid: process.pid,
    });
    expect(JSON.parse(check ?? "")).toEqual({ type: "check started", pid: process.pid });
    expect(statSync(journal()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(journal())).mode & 0o777).toBe(0o700);
  });

  test("has no line for a report without ids", () => {
    run.report("declare", SCOPE, []);
    expect(readFileSync(journal(), "utf8")).toBe("");
  });

  test("is read line by line: one that is incomplete is read when it is complete", () => {
    const other = processes.start(ENGINE);
    other.report("declare", SCOPE, ["cert_a"]);
    const line = readFileSync(journal(), "utf8");
    const later = line.replace("cert_a", "cert_b");
    appendFileSync(journal(), later.slice(0, 20));
    expect(declaredIn(SCOPE)).toEqual(["cert_a"]);
    appendFileSync(journal(), later.slice(20));
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_b"]);
  });

  test.each([
    ["that is not JSON", () => "{"],
    ["without a process", (line: string) => line.replace(/"pid":\d+/, '"process":1')],
    ["of a kind that is unknown", (line: string) => line.replace('"declare"', '"rename"')],
    ["without ids", (line: string) => line.replace('"ids"', '"names"')],
    ["without scopes", (line: string) => line.replace('"scopes"', '"places"')],
  ])("may contain a line %s, which is ignored", (_, change) => {
    const other = processes.start(ENGINE);
    other.report("declare", SCOPE, ["cert_a"]);
    const line = readFileSync(journal(), "utf8").trimEnd();
    appendFileSync(journal(), `${change(line.replace("cert_a", "cert_b"))}\n`);
    other.report("declare", SCOPE, ["cert_c"]);
    expect(declaredIn(SCOPE)).toEqual(["cert_a", "cert_c"]);
  });

  test("is deleted by a later run when it is older than a week", () => {
    for (const [name, days] of Object.entries({ old: 7.01, recent: 6.99 })) {
      const file = join(dirname(journal()), name);
      writeFileSync(file, "");
      const changed = (Date.now() - days * DAY_MS) / 1000;
      utimesSync(file, changed, changed);
    }
    processes.start("127.0.0.1:40002");
    expect(processes.files().map((file) => file.endsWith("old"))).not.toContain(true);
    expect(processes.files().filter((file) => file.endsWith("recent"))).toHaveLength(1);
  });

  test.each([
    ["the group", 0o720],
    ["everyone", 0o702],
  ])("is not used in a folder to which %s can write", async (_, mode) => {
    chmodSync(dirname(journal()), mode);
    const excluded = new SharedRun();
    expect(await messagesOfJoin(excluded)).toMatch(
      /^warning: cannot share declared ids with other provider processes: .+ does not belong to this user alone\. Do not move ids between resources of different providers or plugin versions in one update\.$/,
    );
    excluded.report("declare", SCOPE, ["cert_a"]);
    expect(readFileSync(journal(), "utf8")).toBe("");
    expect(excluded.idsOf(SCOPE).declared).toEqual(new Set());
  });

  test("is not used when its folder cannot be created", async () => {
    run.leave();
    jest.spyOn(process, "getuid").mockReturnValue(4_000_000);
    writeFileSync(join(processes.temporary, "pulumi-openai-certificates-4000000"), "");
    expect(await messagesOfJoin(run)).toContain("cannot share declared ids");
  });

  test("is in a folder of its own for each user", async () => {
    jest.spyOn(process, "getuid").mockReturnValue(4_000_001);
    mkdirSync(join(processes.temporary, "pulumi-openai-certificates-4000001"));
    expect(await messagesOfJoin(new SharedRun())).toContain(
      "pulumi-openai-certificates-4000001 does not belong to this user alone",
    );
  });
});
