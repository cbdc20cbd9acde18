import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { withEnvironment } from "../../engine/processTree";
import { until } from "../../resilience/interruptions/fixture";
import { ids } from "../../support/ids";
import { activationIn, createFixture } from "../fixture";
import { PLUGIN_PROGRAM } from "./program";

/** Long enough that no test would end by itself in time. */
const WINDOW_SECONDS = 3_600;

/** The command lines of the running plugins that have a variable in their environment. */
function pluginProcesses(variable: string): readonly string[] {
  const pids = withEnvironment(variable);
  if (pids.length === 0) return [];
  const commands = spawnSync("ps", ["-o", "args=", "-p", pids.join()], { encoding: "utf8" }).stdout;
  return commands.split("\n").filter((command) => command.includes("provider/plugin/main.js"));
}

describe("an update by the plugin", () => {
  test("that waits because of the rate limit ends with Ctrl-C and with its custom timeout, keeps what it has done, and is completed by the next up", async () => {
    let now = 0;
    const fixture = await createFixture(
      { program: PLUGIN_PROGRAM, env: { OPENAI_RETRY_TIMEOUT_SECONDS: "80000" } },
      {
        throttle: { requests: 2, windowSeconds: WINDOW_SECONDS, retryAfter: "seconds", clock: () => now },
      },
    );
    try {
      await fixture.setIds(ids(1, 50));
      const running = fixture.stack.start(["up", "--yes", "--skip-preview"]);
      await running.waitFor(/rate limited; next attempt in/);
      running.interrupt();
      const { exitCode, output } = await running.result;
      expect(exitCode).not.toBe(0);
      expect(output).toContain("not active yet (30)");
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 20));
      expect((await activationIn(fixture.stack))?.outputs).toMatchObject({ certificateIds: ids(1, 20) });

      now += WINDOW_SECONDS * 1000;
      const { emulator, stack } = fixture;
      emulator.clearLog();
      await fixture.setIds(ids(1, 50), { options: '{"customTimeouts": {"update": "2s"}}' });
      const timedOut = await stack.up();
      expect(timedOut.exitCode).not.toBe(0);
      expect(timedOut.output).toContain("the time limit of the option customTimeouts, 2 s, has elapsed");
      expect((await activationIn(stack))?.outputs).toMatchObject({ certificateIds: emulator.activeIds() });
      now += WINDOW_SECONDS * 1000;
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(emulator.activeIds()).toEqual(ids(1, 50));
      expect(await stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    } finally {
      await fixture.dispose();
    }
  });

  test("sends no further chunk after Ctrl-C", async () => {
    let interrupt = (): void => undefined;
    const fixture = await createFixture(
      { program: PLUGIN_PROGRAM },
      {
        latencyMs: 150,
        onCall: ({ endpoint }) => {
          if (endpoint === "activate") interrupt();
        },
      },
    );
    try {
      await fixture.setIds(ids(1, 50));
      const running = fixture.stack.start(["up", "--yes", "--skip-preview"]);
      interrupt = () => {
        running.interrupt();
        // A second one would end the engine at once.
        interrupt = () => undefined;
      };
      const { exitCode } = await running.result;
      expect(exitCode).not.toBe(0);
      const active = fixture.emulator.activeIds();
      expect(active.length).toBeLessThan(50);
      expect((await activationIn(fixture.stack))?.outputs).toMatchObject({ certificateIds: active });
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 50));
    } finally {
      await fixture.dispose();
    }
  });

  test("leaves no process behind when the engine is killed", async () => {
    const fixture = await createFixture({ program: PLUGIN_PROGRAM }, { latencyMs: 50 });
    try {
      await fixture.setIds(["cert_01"]);
      fixture.emulator.faults.add({ endpoint: "activate", times: Infinity, kind: "hang" });
      const running = fixture.stack.start(["up", "--yes", "--skip-preview"]);
      await until(() => fixture.emulator.log.some(({ endpoint }) => endpoint === "activate"));
      const marker = `HOME=${join(dirname(fixture.stack.folder), "home")}`;
      expect(pluginProcesses(marker)).toHaveLength(1);
      if (running.pid !== undefined) process.kill(running.pid, "SIGKILL");
      await until(() => pluginProcesses(marker).length === 0);
    } finally {
      await fixture.dispose();
    }
  });
});
