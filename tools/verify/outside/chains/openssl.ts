import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../../../../test/engine/process";
import type { Finding } from "../../check";

export interface Opinion {
  readonly accepts: boolean;
  readonly reason: string;
}

/** A path that the executable is asked to find. */
export interface Question {
  readonly anchorPem: string;
  readonly clientPem: string;
  /** The certificates that it may use in addition. */
  readonly othersPem: string;
}

/** Runs a check with the `openssl` on PATH, in a folder for its files. */
export async function withOpenssl(
  run: (folder: string, version: string) => Promise<Finding>,
): Promise<Finding> {
  const { exitCode, stdout } = await runProcess("openssl", ["version"]);
  if (exitCode !== 0) throw new Error("There is no openssl on PATH. Install it: apt install openssl.");
  const version = stdout.split(" ").slice(0, 2).join(" ");
  const folder = await mkdtemp(join(tmpdir(), "chains-"));
  try {
    return await run(folder, version);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param options of `openssl verify`, such as a security level. */
export async function verifyWithOpenssl(
  { anchorPem, clientPem, othersPem }: Question,
  folder: string,
  options: readonly string[] = [],
): Promise<Opinion> {
  const files = { anchor: anchorPem, chain: othersPem, client: clientPem };
  for (const [name, pem] of Object.entries(files)) await writeFile(join(folder, name), pem);
  const usual = ["-no-CApath", "-no-CAstore", "-purpose", "sslclient", "-partial_chain"];
  const args = ["verify", ...usual, ...options, "-CAfile", "anchor", "-untrusted", "chain", "client"];
  const { exitCode, output } = await runProcess("openssl", args, { cwd: folder });
  return { accepts: exitCode === 0, reason: /error .*/.exec(output)?.[0] ?? "" };
}
