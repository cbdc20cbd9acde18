/** A server that keeps the state of stacks for several runners. */
export interface SharedBackend {
  /** The server with its version: "PostgreSQL 15.18". */
  readonly server: string;
  /** Makes an empty store of states. Returns the environment with which a runner uses it. */
  newStore(): Promise<Readonly<Record<string, string>>>;
  /** Ends the server and deletes what it stored. */
  close(): Promise<void>;
}
