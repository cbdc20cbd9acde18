#!/usr/bin/env node

import { requireSupportedNode } from "../provider/shared/nodeVersion";
import { adopt, ADOPT_HELP } from "./adopt/adopt";
import { report, REPORT_HELP } from "./report/command";
import { version } from "./version";

/** What a command ended with. */
export interface CommandResult {
  /** What goes to standard output. */
  readonly output: string;
  readonly exitCode: number;
}

interface Command {
  readonly help: string;
  run(args: readonly string[]): Promise<CommandResult>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  report: { help: REPORT_HELP, run: report },
  adopt: { help: ADOPT_HELP, run: async (args) => ({ output: await adopt(args), exitCode: 0 }) },
};

/** Exit code for wrong arguments and for whatever keeps a command from its work. */
const FAILED = 2;

const HELP = `pulumi-openai-certificates ${version}

Commands: ${Object.keys(COMMANDS).join(", ")}. Each tells more with --help.
`;

async function main([name = "--help", ...args]: readonly string[]): Promise<CommandResult> {
  requireSupportedNode();
  if (name === "--help" || name === "-h") return { output: HELP, exitCode: 0 };
  if (name === "--version") return { output: `${version}\n`, exitCode: 0 };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(`there is no command ${JSON.stringify(name)}; see --help`);
  if (args.includes("--help") || args.includes("-h")) return { output: command.help, exitCode: 0 };
  return command.run(args);
}

main(process.argv.slice(2)).then(
  ({ output, exitCode }) => {
    process.stdout.write(output);
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = FAILED;
  },
);
