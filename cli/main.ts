#!/usr/bin/env node

import { requireSupportedNode } from "../provider/shared/nodeVersion";
import { whilePending } from "../provider/shared/pendingCalls";
import { adopt, ADOPT_HELP } from "./adopt/adopt";
import { check, CHECK_HELP } from "./check/check";
import type { CommandResult } from "./commandResult";
import { report, REPORT_HELP } from "./report/command";
import { VERSION } from "./version";

interface Command {
  readonly help: string;
  run(args: readonly string[]): Promise<CommandResult>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  report: { help: REPORT_HELP, run: report },
  adopt: { help: ADOPT_HELP, run: async (args) => ({ output: await adopt(args), exitCode: 0 }) },
  check: { help: CHECK_HELP, run: check },
};

/** The exit code for invalid arguments and for any other error that prevents a result. */
const FAILED = 2;

const HELP = `pulumi-openai-certificates ${VERSION}

Usage: pulumi-openai-certificates <command> [options]

Commands:
  report   Render the output of \`pulumi preview --json\` as Markdown
  adopt    Write a program that declares the active certificates
  check    Check the access, the expiry of certificates, and whether clients are trusted

Run a command with --help for its options.
`;

async function main([name = "--help", ...args]: readonly string[]): Promise<CommandResult> {
  requireSupportedNode();
  if (name === "--help" || name === "-h") return { output: HELP, exitCode: 0 };
  if (name === "--version") return { output: `${VERSION}\n`, exitCode: 0 };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new Error(`unknown command ${JSON.stringify(name)}. Run with --help to list the commands.`);
  if (args.includes("--help") || args.includes("-h")) return { output: command.help, exitCode: 0 };
  return whilePending(name, () => command.run(args));
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
