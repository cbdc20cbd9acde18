import { join } from "node:path";
import { thisPlatform } from "../../../scripts/plugin/platforms";
import { wrapperFor } from "../../../scripts/plugin/wrappers";
import { startProcess } from "../../../test/engine/process";
import { PLUGIN_FOLDER } from "../program";
import { formatSummary } from "../report/format";
import type { Section } from "../report/section";
import { summarize } from "../report/statistics";

/** The plugin prints its port as the only text of a line. */
const PORT = /^\d+$/m;

/** An address at which no engine listens: the plugin connects to it only when it logs something. */
const NO_ENGINE = "127.0.0.1:1";

/** Measures how long the plugin takes until the engine can connect to it, and a Node process that does nothing. */
export async function pluginStartUp(rounds: number): Promise<Section> {
  const plugin: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    plugin.push(
      await millisecondsToPort(join(PLUGIN_FOLDER, wrapperFor(thisPlatform().system).name), [NO_ENGINE]),
    );
    nothing.push(await millisecondsToPort(process.execPath, ["-p", "1"]));
  }
  return {
    name: "plugin-start-up",
    title: "Starting the plugin",
    rows: [
      ["Process", "Time to its first line, ms"],
      ["Plugin, as it is released", formatSummary(summarize(plugin), 0)],
      ["Node.js with a program of one line", formatSummary(summarize(nothing), 0)],
    ],
    notes: [`Medians and quartiles of ${rounds} processes each.`],
    checks: [],
  };
}

async function millisecondsToPort(file: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  const running = startProcess(file, args);
  await running.waitFor(PORT);
  const milliseconds = performance.now() - started;
  running.signal("SIGKILL");
  await running.result;
  return milliseconds;
}
