import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackage } from "../../../test/engine/packages";
import type { Judgement } from "../judgement";
import { runAsCommand } from "../verify";
import type { Case } from "./case";
import { declarations } from "./declarations";
import { judgesOf } from "./judges";
import { CASES } from "./matrix";
import { runCase } from "./runCase";
import { TOOLS } from "./tools";
import { nodeVersion, SDK_VERSIONS } from "./versions";

let packing: Promise<string> | undefined;

/** The package as npm publishes it, packed once for all judgements. */
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

function judgementOf(case_: Case): Judgement {
  const { manager, program, layout = "direct", node, pulumi, devDependencies = {} } = case_;
  const typescript = devDependencies["typescript"];
  return {
    id: case_.id,
    subject: [program.name, typescript, layout === "direct" ? undefined : layout]
      .filter((part) => part !== undefined)
      .join(", "),
    judge: `${manager.name}, Node.js ${nodeVersion(node)}, SDK ${SDK_VERSIONS[pulumi]}`,
    async examine(log) {
      await TOOLS.install(log);
      log("installing and running");
      return runCase(case_, await tarball());
    },
  };
}

runAsCommand({
  command: "verify:packages",
  judgements: [...judgesOf(tarball), declarations(tarball), ...CASES.map(judgementOf)],
});
