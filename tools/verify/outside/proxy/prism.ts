import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startProcess } from "../../../../test/engine/process";
import type { Log } from "../../check";
import { readDocument, withErrors } from "../openApi";
import { NPM_TOOLS } from "../tools/npm";

/** A running Prism. */
export interface Prism {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Prism as a proxy that compares requests to an API, and its responses, with the description of the API. */
export async function startPrism(upstream: string, log: Log): Promise<Prism> {
  await NPM_TOOLS.install(log);
  const folder = await mkdtemp(join(tmpdir(), "prism-"));
  const file = join(folder, "openapi.json");
  await writeFile(file, JSON.stringify(withErrors(await readDocument())));
  const prism = startProcess(
    process.execPath,
    [
      NPM_TOOLS.fileOf("@stoplight/prism-cli", "dist/index.js"),
      "proxy",
      file,
      upstream,
      "--host",
      "127.0.0.1",
      "--port",
      "0",
    ],
    {
      // The folder of this Node, and no proxies: the requests stay on this machine.
      env: { PATH: dirname(process.execPath), HOME: folder, NO_COLOR: "1" },
    },
  );
  const stop = async (): Promise<void> => {
    prism.signal("SIGTERM");
    await prism.result;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await prism.waitFor(/listening on http:\/\/127\.0\.0\.1:\d+/);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(prism.output())?.[1] ?? "";
  return { url, stop };
}
