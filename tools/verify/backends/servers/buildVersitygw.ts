import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { build, whyGoWillNotDo } from "../../../../test/engine/buildWithGo";
import { toolsFolder } from "../../../../test/engine/cacheFolder";
import { isExecutable } from "../../../../test/engine/inspect";
import type { Log } from "../../check";

/** Folder of the go.mod that pins the version. */
const MODULE = join(__dirname, "versitygw");

/** Finds the executable in the cache, or builds it there. @throws Error with the reason when it cannot be built. */
export async function buildVersitygw(log: Log): Promise<string> {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const name of ["go.mod", "go.sum"]) hash.update(await readFile(join(MODULE, name)));
  const folder = toolsFolder(`versitygw-${hash.digest("hex").slice(0, 16)}`);
  const executable = join(folder, "versitygw");
  if (isExecutable(executable)) return executable;

  // Complete or not there: another process may build it at the same time.
  const target = `${folder}.${randomUUID()}.tmp`;
  await mkdir(target, { recursive: true });
  try {
    log("building versitygw with Go: about a minute on 2 cores");
    const failure = (await whyGoWillNotDo()) ?? (await build("versitygw", MODULE, `${target}/`, log));
    if (failure !== undefined) {
      throw new Error(
        `The S3 server cannot be built: ${failure}. Install a current Go (https://go.dev/dl/), and run this again.`,
      );
    }
    await rename(target, folder).catch((error: unknown) => {
      if (!isExecutable(executable)) throw error;
    });
    return executable;
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** The version in go.mod. */
export async function versitygwVersion(): Promise<string> {
  const text = await readFile(join(MODULE, "go.mod"), "utf8");
  return /github\.com\/versity\/versitygw v(\S+)/.exec(text)?.[1] ?? "of unknown version";
}
