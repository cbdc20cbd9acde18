import { AsyncLocalStorage } from "node:async_hooks";
import { status } from "@grpc/grpc-js";
import type { Properties } from "../resource/resource";
import { withConfiguration } from "../session/currentConfiguration";
import type { Configuration } from "../session/currentConfiguration";
import { RpcError } from "./rpcError";

/** What the plugin knows of one provider of a run. */
export class ProviderInstance {
  /** Absent until the engine configures it. */
  configuration: Configuration | undefined;
  /** Whether its organization may be another one than that of the state, so that the ids of each resource decide. */
  isUncertain = false;
  /**
   * Whether that is because its own arguments changed. The engine stores them even if the update of a resource fails, and
   * does not compare them again.
   */
  isUncertainOnce = false;
  /** Whether it replaces resources of another organization. */
  replacesResources = false;
  /** The states of resources that the engine has checked, by URN. */
  readonly states = new Map<string, Properties>();
}

const current = new AsyncLocalStorage<ProviderInstance>();

/**
 * The providers that this process serves. The engine starts a process for each, but attaches all of a program to one that
 * a debugger has started. Their connections tell them apart: requests do not name a provider.
 */
export class ProviderInstances {
  private readonly byPeer = new Map<string, ProviderInstance>();

  /** Forgets the providers of an earlier run, except for the settings of one whose connection begins another run. */
  startRun(peer: string): void {
    const configuration = this.byPeer.get(peer)?.configuration;
    this.byPeer.clear();
    this.add(peer).configuration = configuration;
  }

  has(peer: string): boolean {
    return this.byPeer.has(peer);
  }

  /** A provider of which nothing is known yet. @param peer the address of the engine's end of the connection. */
  add(peer: string): ProviderInstance {
    const instance = new ProviderInstance();
    this.byPeer.set(peer, instance);
    return instance;
  }

  /** @throws RpcError when a new connection may belong to any of several providers. */
  get(peer: string): ProviderInstance {
    const known = this.byPeer.get(peer);
    if (known) return known;
    const [only, ...others] = this.byPeer.values();
    if (others.length > 0) {
      throw new RpcError(
        "the connection to the plugin was lost, and it serves several providers. Run the command again.",
        status.FAILED_PRECONDITION,
      );
    }
    const instance = only ?? new ProviderInstance();
    this.byPeer.set(peer, instance);
    return instance;
  }
}

/** Handles a request to one provider, with its settings. */
export function withInstance<T>(instance: ProviderInstance, handle: () => T): T {
  return current.run(instance, () =>
    instance.configuration ? withConfiguration(instance.configuration, handle) : handle(),
  );
}

/** The provider that the current request is for. */
export function providerInstance(): ProviderInstance {
  return current.getStore() ?? new ProviderInstance();
}
