import { parseStoredState } from "../../../provider/resource/storedState";
import { type Properties, type Provider } from "../../../provider/dynamic/protocol";

/** How an operation ended, and whatever it threw. */
export interface OperationResult {
  readonly error: unknown;
  /** Whether the engine has a new state of it. */
  readonly stored: boolean;
}

/** A resource in a stack, with its state kept as the engine keeps it. */
export class StackedProvider {
  /** Undefined before the first create and after a delete. */
  state: { readonly id: string; readonly outs: Properties } | undefined;

  constructor(private readonly provider: Provider) {}

  /** Creates the resource, or updates it. The preview's check is left out: it changes nothing. */
  async up(news: Properties): Promise<OperationResult> {
    const before = this.state;
    return this.attempt(async () => {
      if (!before) return kept(await this.provider.create(news));
      return kept({ id: before.id, ...(await this.provider.update(before.id, before.outs, news)) });
    });
  }

  async refresh(): Promise<OperationResult> {
    const before = this.state;
    if (!before) return { error: undefined, stored: false };
    return this.attempt(async () => {
      const read: { readonly props?: unknown } = await this.provider.read(before.id, before.outs);
      return kept({ id: before.id, outs: read.props });
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

  /** The ids of the state: those that are active, and those of which that is not known. */
  ids(): { readonly active: ReadonlySet<string>; readonly unverified: ReadonlySet<string> } {
    const entries = Object.entries((this.state && parseStoredState(this.state.outs).certificateIds) ?? {});
    const of = (wanted: string) => new Set(entries.flatMap(([id, value]) => (value === wanted ? [id] : [])));
    return { active: of("active"), unverified: of("unverified") };
  }

  private async attempt(operation: () => Promise<StackedProvider["state"]>): Promise<OperationResult> {
    try {
      this.state = await operation();
      return { error: undefined, stored: true };
    } catch (error) {
      // The engine takes an error that carries an id and properties for "not whole", and keeps these.
      if (!isPartial(error)) return { error, stored: false };
      this.state = { id: error.id, outs: JSON.parse(JSON.stringify(error.properties)) as Properties };
      return { error, stored: true };
    }
  }
}

function kept({ id, outs }: { readonly id: string; readonly outs?: unknown }) {
  return { id, outs: outs as Properties };
}

function isPartial(error: unknown): error is { id: string; properties: Properties } {
  return error instanceof Error && "properties" in error && "id" in error;
}
