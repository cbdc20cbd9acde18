import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { extract } from "tar";
import { version } from "../../package.json";
import { BUILD } from "./buildPlugin";
import { archiveName, thisPlatform } from "./platforms";
import { wrapperFor } from "./wrappers";

/** Starts the plugin from the archive for this machine, as the engine does. `npm run plugin` runs this after the build. */
async function main(): Promise<void> {
  const platform = thisPlatform();
  const archive = archiveName(version, platform);
  const folder = await mkdtemp(join(tmpdir(), "plugin-check-"));
  try {
    await extract({ file: join(BUILD, archive), cwd: folder });
    const line = await firstLine(join(folder, wrapperFor(platform.system).name));
    if (!/^\d+$/.test(line))
      throw new Error(`The plugin of ${archive} wrote ${JSON.stringify(line)} instead of a port.`);
    console.log(`${archive}: the plugin starts, on port ${line}`);
  } finally {
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
}

/** The first line that a program writes; empty when it ends without one. The program is ended after that. */
async function firstLine(file: string): Promise<string> {
  // Windows runs a file with the extension .cmd only in a shell.
  const shell = process.platform === "win32";
  const child = spawn(file, ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"], shell });
  const ended = once(child, "close");
  for await (const line of createInterface(child.stdout)) {
    child.stdin.end();
    child.kill();
    await ended;
    return line;
  }
  return "";
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
