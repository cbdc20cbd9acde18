import { once } from "node:events";
import { createConnection } from "node:net";
import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import { digestOf } from "./digest";
import type { ProcessFacts } from "./facts";
import { machineClock } from "./machineClock";
import { Peers } from "./peers";

interface DeclaredScope {
  readonly declared: Set<string>;
  unknownLists: number;
}

/**
 * What a program declares, in the process of the program. The provider processes of the run ask for it, because the engine
 * checks one resource after another: without it, the preview of a resource cannot know what those declare that follow.
 */
export class ProgramRun {
  /** Settles when the provider processes can ask; also when they cannot, because sockets cannot be used. */
  readonly published: Promise<void>;
  private readonly peers: Promise<Peers | undefined>;
  private readonly scopes = new Map<string, DeclaredScope>();
  private unknownScopes = 0;
  private lastAt = 0;

  /** @param engineAddress the address of the engine, which is the same for all processes of one run. */
  constructor(private readonly engineAddress: string) {
    // The provider processes log that sockets cannot be used. What the program declares is unknown to them, then.
    this.peers = Peers.join(engineAddress, () => JSON.stringify(this.facts())).catch(() => undefined);
    this.published = this.peers.then(() => undefined);
  }

  /** Records a resource whose scope and ids are not known yet. @returns what to call when its scope is known. */
  declare(): (scope: Scope) => (ids: readonly string[]) => void {
    this.lastAt = machineClock();
    this.unknownScopes += 1;
    return (where) => {
      const label = scopeLabel(where);
      const scope = this.scopes.get(label) ?? { declared: new Set(), unknownLists: 0 };
      this.scopes.set(label, scope);
      this.unknownScopes -= 1;
      scope.unknownLists += 1;
      return (ids) => {
        scope.unknownLists -= 1;
        for (const id of ids) scope.declared.add(id);
      };
    };
  }

  /** Ends it, because its run has ended: another one may get the same address. */
  leave(): void {
    void this.peers.then((peers) => peers?.leave());
  }

  /** Ends it if the engine does not listen any more. @returns whether it has ended. */
  async leaveIfEnded(): Promise<boolean> {
    const [, host = "", port = ""] = /^(.*):(\d+)$/.exec(this.engineAddress) ?? [];
    const socket = createConnection({ host, port: Number(port) }).unref();
    const isListening = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!isListening) this.leave();
    return !isListening;
  }

  private facts(): ProcessFacts {
    return {
      checks: { running: 0, lastAt: 0 },
      scopes: [],
      program: {
        lastAt: this.lastAt,
        hasUnknownScope: this.unknownScopes > 0,
        scopes: [...this.scopes].map(([label, { declared, unknownLists }]) => ({
          scope: digestOf(this.engineAddress, label),
          declared: [...declared],
          hasUnknownIds: unknownLists > 0,
        })),
      },
    };
  }
}
