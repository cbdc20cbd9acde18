import { cancellation } from "../shared/cancellation";
import { warnOnce } from "../shared/log";
import type { ProgramIds } from "./declarations";
import { digestOf } from "./digest";
import { formatFacts, parseFacts } from "./facts";
import type { CheckFacts, ProcessFacts, ScopeFacts } from "./facts";
import { Peers } from "./peers";

/** What this process knows of a scope. */
export interface OwnScopeFacts extends Omit<ScopeFacts, "scope"> {
  /** The keys by which the scope is known. They may contain secrets. */
  readonly scopeKeys: readonly string[];
}

/** What the other processes of a run know of a scope. */
export interface OthersInScope {
  readonly scopes: readonly ScopeFacts[];
  /** What the program declares there; undefined when its process does not tell. */
  readonly program?: ProgramIds;
}

/** What is lost when the processes of a run cannot exchange what they know. */
const REMEDY = "Do not move ids between resources of different providers or plugin versions in one update.";

/** Exchanges declared ids, changes and checks with the other provider processes of the same run of the engine. */
export class SharedRun {
  private engineAddress: string | undefined;
  private peers: Promise<Peers | undefined> = Promise.resolve(undefined);
  private scopes: (() => OwnScopeFacts)[] = [];
  private checks: () => CheckFacts = () => ({ running: 0, lastAt: 0 });

  /** @param engineAddress the address of the engine. Until this is called, the process is on its own. */
  async join(engineAddress: string): Promise<void> {
    if (this.engineAddress === undefined) {
      this.engineAddress = engineAddress;
      this.peers = Peers.join(engineAddress, () => formatFacts(this.ownFacts())).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        warnOnce(`cannot share declared ids with other provider processes: ${reason}. ${REMEDY}`);
        return undefined;
      });
    }
    await this.peers;
  }

  /** Leaves the run, and forgets its scopes. */
  leave(): void {
    void this.peers.then((peers) => peers?.leave());
    this.engineAddress = undefined;
    this.peers = Promise.resolve(undefined);
    this.scopes = [];
  }

  /** @param facts what this process knows of a scope, at the moment when another process asks. */
  addScope(facts: () => OwnScopeFacts): void {
    this.scopes.push(facts);
  }

  setChecks(checks: () => CheckFacts): void {
    this.checks = checks;
  }

  /** What the other processes know now. */
  async others(): Promise<readonly ProcessFacts[]> {
    const peers = await this.peers;
    if (!peers) return [];
    const texts = await peers.listen(cancellation(), () => {
      warnOnce(
        `another provider process does not respond, so the ids that it declares are not known. ${REMEDY}`,
      );
    });
    return texts.flatMap((text) => parseFacts(text) ?? []);
  }

  /**
   * What the other processes know now of a scope.
   * @param label by which the program knows the scope, whatever the connection.
   */
  async othersIn(scopeKeys: readonly string[], label: string): Promise<OthersInScope> {
    const facts = await this.others();
    if (facts.length === 0) return { scopes: [] };
    const digests = new Set(scopeKeys.map((key) => this.digest(key)));
    const scopes = facts.flatMap((each) =>
      each.scopes.filter(({ scope }) => scope.some((digest) => digests.has(digest))),
    );
    // A component may be of another program, with a process of its own.
    const programs = facts.flatMap(({ program }) => program ?? []);
    if (programs.length === 0) return { scopes };
    const here = this.digest(label);
    const inScope = programs.flatMap((each) => each.scopes.filter(({ scope }) => scope === here));
    const declared = new Set(inScope.flatMap((each) => each.declared));
    const isOpen =
      programs.some(({ hasUnknownScope }) => hasUnknownScope) ||
      inScope.some(({ hasUnknownIds }) => hasUnknownIds);
    return { scopes, program: { declared, isComplete: !isOpen } };
  }

  private ownFacts(): ProcessFacts {
    return {
      checks: this.checks(),
      scopes: this.scopes.map((facts) => {
        const { scopeKeys, ...known } = facts();
        return { scope: scopeKeys.map((key) => this.digest(key)), ...known };
      }),
    };
  }

  /** Identifies a text, which may be secret, within this run. */
  private digest(text: string): string {
    return digestOf(this.engineAddress ?? "", text);
  }
}
