import { join } from "node:path";
import { REPOSITORY } from "../../../test/engine/packages";
import { runProcess } from "../../../test/engine/process";
import type { Check, Finding } from "../check";
import { TOOLS } from "./tools";
import type { ToolPackage } from "./tools";

interface PackageTool {
  readonly id: string;
  readonly tool: ToolPackage;
  readonly subject: string;
  /** The script of the tool, in its package. */
  readonly script: string;
  readonly args: (tarball: string) => readonly string[];
  readonly figures: string;
}

const PACKAGE_TOOLS: readonly PackageTool[] = [
  {
    id: "publint",
    tool: "publint",
    subject: "the manifest and files of the package",
    script: "src/cli.js",
    args: (tarball) => ["run", tarball, "--strict"],
    figures: "all rules, warnings are errors",
  },
  {
    id: "types",
    tool: "@arethetypeswrong/cli",
    subject: "the types of each entry point",
    script: "dist/index.js",
    args: (tarball) => [tarball, "--no-emoji", "--no-color"],
    figures: "4 entry points, 4 module resolutions",
  },
  {
    id: "knip",
    tool: "knip",
    subject: "unused files, exports and dependencies",
    script: "bin/knip.js",
    args: () => ["--directory", REPOSITORY, "--config", join(__dirname, "knip.json"), "--no-progress"],
    figures: "the whole repository",
  },
];

/** Checks with tools that accept or reject a package by their exit code. */
export function packageToolChecks(tarball: () => Promise<string>): readonly Check[] {
  return PACKAGE_TOOLS.map((each) => ({
    id: each.id,
    subject: each.subject,
    tool: `${each.tool} ${TOOLS.versionOf(each.tool)}`,
    async run(log) {
      await TOOLS.install(log);
      return runTool(each, await tarball());
    },
  }));
}

async function runTool({ tool, script, args, figures }: PackageTool, tarball: string): Promise<Finding> {
  const { exitCode, output } = await runProcess(
    process.execPath,
    [TOOLS.fileOf(tool, script), ...args(tarball)],
    {
      cwd: REPOSITORY,
    },
  );
  return { figures, problems: exitCode === 0 ? [] : [output] };
}
