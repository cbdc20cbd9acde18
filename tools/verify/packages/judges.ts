import { join } from "node:path";
import { REPOSITORY } from "../../../test/engine/packages";
import { runProcess } from "../../../test/engine/process";
import type { Finding, Judgement } from "../judgement";
import { TOOLS } from "./tools";
import type { ToolPackage } from "./tools";

interface Judge {
  readonly id: string;
  readonly tool: ToolPackage;
  readonly subject: string;
  /** The script of the judge, in its package. */
  readonly script: string;
  readonly args: (tarball: string) => readonly string[];
  readonly figures: string;
}

const JUDGES: readonly Judge[] = [
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

/** Programs that examine packages, and accept or reject this one by their exit code. */
export function judgesOf(tarball: () => Promise<string>): readonly Judgement[] {
  return JUDGES.map((judge) => ({
    id: judge.id,
    subject: judge.subject,
    judge: `${judge.tool} ${TOOLS.versionOf(judge.tool)}`,
    async examine(log) {
      await TOOLS.install(log);
      return ask(judge, await tarball());
    },
  }));
}

async function ask({ tool, script, args, figures }: Judge, tarball: string): Promise<Finding> {
  const { exitCode, output } = await runProcess(
    process.execPath,
    [TOOLS.fileOf(tool, script), ...args(tarball)],
    {
      cwd: REPOSITORY,
    },
  );
  return { figures, problems: exitCode === 0 ? [] : [output] };
}
