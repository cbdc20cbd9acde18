import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackage } from "../../../test/engine/packages";
import type { Check } from "../check";
import { runAsCommand } from "../verify";
import { AUTHORITIES } from "./authorities";
import type { Case } from "./case";
import { declarations } from "./declarations";
import { CASES } from "./matrix";
import { packageToolChecks } from "./packageTools";
import { runCase } from "./runCase";
import { TOOLS } from "./tools";
import { nodeVersion, SDK_VERSIONS } from "./versions";

let packing: Promise<string> | undefined;

/** The package as npm publishes it, packed once for all checks. */
function tarball(): Promise<string> {
  return (packing ??= pack());
}

function pack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "verify-packages-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return packPackage(folder);
}

function checkOf(testCase: Case): Check {
  const { manager, program, layout = "direct", node, pulumi, devDependencies = {} } = testCase;
  const typescript = devDependencies["typescript"];
  return {
    id: testCase.id,
    subject: [program.name, typescript, layout === "direct" ? undefined : layout]
      .filter((part) => part !== undefined)
      .join(", "),
    tool: `${manager.name}, Node.js ${nodeVersion(node)}, SDK ${SDK_VERSIONS[pulumi]}`,
    async run(log) {
      await TOOLS.install(log);
      log("installing and running");
      return runCase(testCase, await tarball());
    },
  };
}

runAsCommand({
  command: "verify:packages",
  checks: [...packageToolChecks(tarball), declarations(tarball), ...AUTHORITIES, ...CASES.map(checkOf)],
});
