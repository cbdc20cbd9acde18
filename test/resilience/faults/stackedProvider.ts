import type { Properties, Provider } from "../../../provider/dynamic/protocol";
import { parseStoredActivation } from "../../../provider/resource/storedActivation";

/** The result of an operation. */
export interface OperationResult {
  readonly error: unknown;
  /** Whether the engine stored a new state. */
  readonly stored: boolean;
}

/** A resource in a stack, whose state is stored as the engine stores it. */
export class StackedProvider {
  /** Undefined before the first create and after a delete. */
  state: { readonly id: string; readonly outs: Properties } | undefined;

  constructor(private readonly provider: Provider) {}

  /** Creates or updates the resource. Check is not called: it changes nothing. */
  async up(news: Properties): Promise<OperationResult> {
    const before = this.state;
    return this.attempt(async () => {
      if (!before) return toState(await this.provider.create(news));
      return toState({ id: before.id, ...(await this.provider.update(before.id, before.outs, news)) });
    });
  }

  async refresh(): Promise<OperationResult> {
    const before = this.state;
    if (!before) return { error: undefined, stored: false };
    return this.attempt(async () => {
      const read: { readonly props?: unknown } = await this.provider.read(before.id, before.outs);
      return toState({ id: before.id, outs: read.props });
    });
  }

  async destroy(): Promise<OperationResult> {
    const before = this.state;
    if (!before) return { error: undefined, stored: false };
    return this.attempt(async () => {
      await this.provider.delete(before.id, before.outs);
      return undefined;
    });
  }

  /** The ids in the state: the active and the unverified ones. */
  ids(): { readonly active: ReadonlySet<string>; readonly unverified: ReadonlySet<string> } {
    const entries = Object.entries(
      (this.state && parseStoredActivation(this.state.outs).certificateIds) ?? {},
    );
    const of = (value: string) => new Set(entries.flatMap(([id, stored]) => (stored === value ? [id] : [])));
    return { active: of("active"), unverified: of("unverified") };
  }

  private async attempt(operation: () => Promise<StackedProvider["state"]>): Promise<OperationResult> {
    try {
      this.state = await operation();
      return { error: undefined, stored: true };
    } catch (error) {
      // The engine treats an error with an id and properties as a partial failure, and stores these properties.
      if (!isPartial(error)) return { error, stored: false };
      this.state = { id: error.id, outs: JSON.parse(JSON.stringify(error.properties)) as Properties };
      return { error, stored: true };
    }
  }
}

function toState({ id, outs }: { readonly id: string; readonly outs?: unknown }) {
  return { id, outs: outs as Properties };
}

function isPartial(error: unknown): error is { id: string; properties: Properties } {
  return error instanceof Error && "properties" in error && "id" in error;
}
