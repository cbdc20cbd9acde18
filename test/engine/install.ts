import type { Log } from "./engine";
import { runProcess } from "./process";

/** Milliseconds for the whole download; where the vendor's host is unknown, it fails immediately. */
const TIME_LIMIT = 180_000;

/** Runs in a process of its own, since `PulumiCommand.install` itself can be neither limited nor stopped. */
const SCRIPT = `
  const [automation, semver, version, root] = process.argv.slice(1);
  const { PulumiCommand } = require(automation);
  PulumiCommand.install({ version: new (require(semver).SemVer)(version), root }).catch((error) => {
    console.error(error.message || String(error));
    process.exitCode = 1;
  });
`;

/** Lets the vendor's own installer put an engine into `folder`/bin. Returns why not, if it could not. */
export async function installFromVendor(
  folder: string,
  version: string,
  log: Log,
): Promise<string | undefined> {
  log(`running the vendor's installer for pulumi ${version} (at most ${TIME_LIMIT / 1000} s)`);
  const automation = require.resolve("@pulumi/pulumi/automation");
  const semver = require.resolve("semver", { paths: [automation] });
  const result = await runProcess(process.execPath, ["-e", SCRIPT, automation, semver, version, folder], {
    timeout: TIME_LIMIT,
  });
  if (result.exitCode === 0) return undefined;

  return result.timedOut ? `it took longer than ${TIME_LIMIT / 1000} s` : lastLine(result.output);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
