/** What the engine hands over or stores: anything, until it is parsed. */
export type Properties = Readonly<Record<string, unknown>>;

/** The engine's placeholder for a value that is unknown during a preview, in `check` and `diff`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Why an argument is invalid. */
export interface CheckFailure {
  /** The path of the argument, such as `certificateIds[1]`; empty when it must not be named. */
  readonly property: string;
  readonly reason: string;
}

/** The normalized inputs, which are absent when one is invalid, and every failure. */
export interface CheckResult {
  readonly inputs?: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  readonly changes: boolean;
  /** The arguments whose change forces replacement. */
  readonly replaces: readonly string[];
  /** Ids that the resource does not manage, and deactivates because its set is exclusive. */
  readonly surplus?: ReadonlySet<string>;
}

/** What an update has brought about. */
export interface UpdateResult {
  readonly outputs: Properties;
  /** The report of an update that stopped halfway, one fact per line; `outputs` describe the actual state then. */
  readonly problems?: readonly string[];
}

export interface CreateResult extends UpdateResult {
  readonly id: string;
}

export interface ReadResult {
  readonly outputs: Properties;
  /** Inputs that equal the outputs, so that the next preview shows drift as a difference. */
  readonly inputs: Properties;
}

/**
 * The operations of one kind of resource, independent of the protocol in which the engine requests them. Operations
 * that change nothing throw; those that stop halfway return `problems`.
 */
export interface Resource {
  /** Validates a program's arguments. @param olds the inputs before; empty for a new resource. */
  check(olds: Properties, news: Properties): Promise<CheckResult>;
  /** Compares a state with checked inputs. */
  diff(id: string, olds: Properties, news: Properties): Promise<DiffResult>;
  /**
   * Judges a create or an update in a preview, once the engine has checked the resources that the program registers at the
   * same time. Only some engines' protocols request that.
   * @param id undefined for a create.
   * @throws Error when the create or update is certain to be rejected.
   */
  preview?(id: string | undefined, olds: Properties, news: Properties): Promise<void>;
  create(news: Properties): Promise<CreateResult>;
  /** @param properties the state; empty when an existing resource is read for the first time. @returns undefined when it is gone. */
  read(id: string, properties: Properties): Promise<ReadResult | undefined>;
  update(id: string, olds: Properties, news: Properties): Promise<UpdateResult>;
  delete(id: string, properties: Properties): Promise<void>;
  /**
   * Makes sure that the organization is the one that a state describes, as far as a preview can. Rejects when it has none of
   * the certificates in the state.
   * @returns whether that is sure. If not, an update verifies it.
   */
  verify(id: string, properties: Properties): Promise<boolean>;
  /** The same for an update, which cannot leave it open. Absent where an update that changes nothing lists anyway. */
  assertStored?(id: string, properties: Properties): Promise<void>;
}
