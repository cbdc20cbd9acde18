/** The lines written with `console.log` since {@link captureLog}. */
export interface CapturedLog {
  readonly lines: readonly string[];
  /** Forgets the lines written so far. */
  clear(): void;
  /** Prints to the console again. */
  restore(): void;
}

/**
 * Keeps what is written with `console.log` instead of printing it.
 * @param onLine called with each line.
 */
export function captureLog(onLine: (line: string) => void = () => undefined): CapturedLog {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text: unknown) => {
    lines.push(String(text));
    onLine(String(text));
  };
  return {
    lines,
    clear: () => {
      lines.length = 0;
    },
    restore: () => {
      console.log = log;
    },
  };
}
