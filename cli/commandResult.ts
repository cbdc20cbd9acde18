/** The result of a command. */
export interface CommandResult {
  /** The text for standard output. */
  readonly output: string;
  readonly exitCode: number;
}
