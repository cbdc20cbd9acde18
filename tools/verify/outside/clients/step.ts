import type { EmulatorOptions, Fault, Seed } from "../../../../test/emulator/index";

/** The methods of a client. `list` reads one page, `list-all` lets the client request the pages. */
export type Operation =
  "create" | "retrieve" | "update" | "delete" | "list" | "list-all" | "activate" | "deactivate";

/** A call of a client, in a form that a client in any language can read. */
export interface ClientRequest {
  readonly operation: Operation;
  /** The certificate, for those operations which name one. */
  readonly id?: string;
  /** The project, for those operations which exist for projects. Default: the organization. */
  readonly project?: string;
  /** What the method takes besides, by its names in the API. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly key?: string;
  /** Retries of the client. Default: 0. Null: as many as the client does by itself. */
  readonly retries?: number | null;
}

/** An error as the client throws it. Both clients use the same names. */
export interface ClientError {
  readonly class: string;
  readonly status?: number | null;
  readonly code?: string | null;
  readonly param?: string | null;
  /** Whether the error has the id of the request, which a report to the vendor needs. */
  readonly hasRequestId?: boolean;
}

/** What a client made of a call. */
export interface Outcome {
  /** The result as the client's types present it. */
  readonly value?: unknown;
  readonly error?: ClientError;
  /** The bodies of all successful responses, as they were received. */
  readonly bodies: readonly unknown[];
  /** Where the response differs from the client's types, if the client can compare them itself. */
  readonly typeProblems?: readonly string[];
}

/** One call, and what every client has to make of it. Texts that begin with $ stand for values of earlier steps. */
export interface Step {
  readonly title: string;
  readonly request: ClientRequest;
  /** Remembers the id of the result under this name. */
  readonly remember?: string;
  readonly faults?: readonly Fault[];
  /** The properties that the result must have, with these values; lists must be equally long. */
  readonly value?: unknown;
  readonly error?: ClientError;
  /** Properties, as paths, that the result must not have. */
  readonly absent?: readonly string[];
  /** What the emulator responded to each request, in order. Default: one response, of the status of the error or 200. */
  readonly statuses?: readonly (number | "none")[];
}

/** Steps that share an emulator. */
export interface Session {
  readonly title: string;
  readonly emulator?: EmulatorOptions;
  readonly seeds?: readonly Seed[];
  readonly steps: readonly Step[];
}
