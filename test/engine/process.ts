import { spawn } from "node:child_process";

export interface ProcessOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the process and its group are killed; without it there is no limit. */
  timeout?: number;
  /** Called for each line of stdout as it comes. */
  onOutputLine?: (line: string) => void;
  /** Called for each line of stderr as it comes. */
  onErrorLine?: (line: string) => void;
}

export interface ProcessResult {
  /** Undefined when the process was killed by a signal or could not be started. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
  readonly seconds: number;
}

export interface RunningProcess {
  /** Undefined when the process could not be started; `stderr` of `result` then contains the reason. */
  readonly pid: number | undefined;
  /** Settles when the process has ended and its output is read; it never rejects. */
  readonly result: Promise<ProcessResult>;
  /** What the process has written so far on both streams. */
  output(): string;
  /** Resolves as soon as the output matches; rejects when the process ends first. */
  waitFor(pattern: RegExp): Promise<void>;
  /** Signals the process' own group, as a terminal does for Ctrl-C. */
  signal(name: NodeJS.Signals): void;
}

/** Starts a program without a shell, as the leader of a process group of its own. */
export function startProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions = {},
): RunningProcess {
  const started = performance.now();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let output = "";
  let ended = false;
  let timedOut = false;
  const watchers = new Set<() => void>();
  const tellWatchers = () => {
    watchers.forEach((watcher) => {
      watcher();
    });
  };

  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && !ended) signalGroup(child.pid, name);
  };

  const result = new Promise<ProcessResult>((resolve) => {
    const timer = setTimeout(
      () => {
        timedOut = true;
        signal("SIGKILL");
      },
      options.timeout ?? 2 ** 31 - 1,
    );
    const end = (exitCode: number | undefined, endSignal: NodeJS.Signals | undefined) => {
      clearTimeout(timer);
      ended = true;
      const seconds = (performance.now() - started) / 1000;
      resolve({ exitCode, signal: endSignal, timedOut, stdout, stderr, output, seconds });
      tellWatchers();
    };

    const readOutput = lineReader(options.onOutputLine);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
      tellWatchers();
      readOutput(text);
    });
    const readErrors = lineReader(options.onErrorLine);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      output += text;
      tellWatchers();
      readErrors(text);
    });
    child.once("error", (error) => {
      stderr += error.message;
      output += error.message;
      end(undefined, undefined);
    });
    child.once("close", (code, name) => {
      end(code ?? undefined, name ?? undefined);
    });
  });

  const waitFor = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (pattern.test(output)) resolve();
        else if (ended) reject(new Error(`${file} ended before it wrote ${String(pattern)}:\n${output}`));
        else return;

        watchers.delete(check);
      };
      watchers.add(check);
      check();
    });

  return { pid: child.pid, result, output: () => output, waitFor, signal };
}

/** Runs a program to its end; the caller checks the exit code. */
export function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  return startProcess(file, args, options).result;
}

/** Splits text that comes in pieces, and passes on each complete line. */
function lineReader(onLine: ((line: string) => void) | undefined): (text: string) => void {
  let partial = "";
  return (text) => {
    const lines = (partial + text).split("\n");
    partial = lines.pop() ?? "";
    lines.forEach((line) => onLine?.(line));
  };
}

function signalGroup(leader: number, name: NodeJS.Signals): void {
  try {
    process.kill(-leader, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
