import { Mutex } from "async-mutex";
import type { MutexInterface } from "async-mutex";
import { TokenBucket } from "limiter";
import { acquire } from "../shared/acquire";
import { wait } from "../shared/cancellation";

/**
 * The rate limit of the admin API, as measured from outside: 7 to 10 requests a minute for each endpoint, mostly without
 * `Retry-After`. It resets in about a minute.
 */
const RATE_LIMIT = { windowMs: 60_000, minPerWindow: 7, maxPerWindow: 10 } as const;

/** Paced requests take this much longer than the window, so that network jitter does not make one arrive too early. */
const PACING_MARGIN = 1.02;

/** Called before a wait, with its duration in milliseconds. */
export type OnWait = (milliseconds: number) => void;

/**
 * Limits the rate of requests to one endpoint, for all requests of the process.
 *
 * - Until the API returns the first 429, requests are not delayed. After so many requests within one window that a 429 is
 *   possible, they are sent one at a time, so that a single 429 is enough to slow down all of them.
 * - After a 429, requests are also paced at the rate that the API accepted before, until none was sent for a whole window.
 * - A request that received a 429 keeps its place in the queue until it succeeds or is given up.
 */
export class EndpointRateLimiter {
  /** When the requests of the last window were sent, and when their responses arrived; see `recent`. */
  private sentAt: readonly number[] = [];
  private respondedAt: readonly number[] = [];
  private bucket: TokenBucket | undefined;
  private blockedUntil = 0;
  /** Requests that wait as long as necessary. */
  readonly queue = new Mutex();
  /** Requests that fail as soon as requests are paced. */
  readonly failFastQueue = new Mutex();

  /** @param windowMs the window of the API's rate limit in milliseconds; shorter only in tests and benchmarks. */
  constructor(private readonly windowMs: number = RATE_LIMIT.windowMs) {}

  /**
   * Creates the ticket of a request. The request acquires it before each attempt and releases it at the end.
   * @param waits whether the request waits while requests are paced.
   * @param signal ends its waits.
   */
  ticket(onWait: OnWait, waits = true, signal?: AbortSignal): Ticket {
    return new Ticket(this, onWait, waits, signal);
  }

  /** Whether requests are delayed because of an earlier 429. */
  get isPaced(): boolean {
    const lastSentAt = this.sentAt.at(-1) ?? 0;
    if (performance.now() - Math.max(lastSentAt, this.blockedUntil) > this.windowMs) this.bucket = undefined;
    return this.bucket !== undefined;
  }

  /** Whether the API may respond to the next request with a 429. */
  get mayBeRateLimited(): boolean {
    return this.isPaced || this.recent(this.sentAt).length >= RATE_LIMIT.minPerWindow;
  }

  /** Milliseconds until the rate limit has reset: until none of the accepted requests is in the window any more. */
  get refillMs(): number {
    const now = performance.now();
    return (this.recent(this.respondedAt)[0] ?? now) + this.windowMs - now;
  }

  /** Waits until the next attempt may be sent, and counts it as sent. @returns false when the signal ends the wait. */
  async waitForPermission(onWait: OnWait, signal: AbortSignal | undefined): Promise<boolean> {
    if (this.bucket && !(await this.waitForToken(this.bucket, onWait, signal))) return false;
    this.sentAt = [...this.recent(this.sentAt), performance.now()];
    return true;
  }

  /** Records a response other than 429. */
  recordResponse(): void {
    this.respondedAt = [...this.recent(this.respondedAt), performance.now()];
  }

  /** Records a 429: no request is sent for `blockMs`, and the ones after that are paced. */
  recordRateLimited(blockMs: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, performance.now() + blockMs);
    const accepted = this.recent(this.respondedAt).length;
    this.bucket ??= new TokenBucket({
      bucketSize: 1,
      tokensPerInterval: Math.min(Math.max(accepted, RATE_LIMIT.minPerWindow), RATE_LIMIT.maxPerWindow),
      interval: this.windowMs * PACING_MARGIN,
    });
    // The API does not count rejected requests, so the next attempt needs to wait for nothing but `blockedUntil`.
    this.bucket.content = 1;
  }

  private async waitForToken(
    bucket: TokenBucket,
    onWait: OnWait,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const blockedMs = Math.max(0, this.blockedUntil - performance.now());
    const waitMs = Math.max(blockedMs, bucket.getWaitTime(1));
    if (waitMs > 0) onWait(waitMs);
    // Another 429 may extend the wait meanwhile.
    for (let left = blockedMs; left > 0; left = this.blockedUntil - performance.now())
      if (!(await wait(left, signal))) return false;

    while (!bucket.tryRemoveTokens(1)) if (!(await wait(bucket.getWaitTime(1), signal))) return false;
    return true;
  }

  private recent(times: readonly number[]): readonly number[] {
    const now = performance.now();
    return times.filter((time) => now - time < this.windowMs);
  }
}

/** The permission to send one request, with all its attempts. */
export class Ticket {
  private releaseQueue: MutexInterface.Releaser | undefined;

  constructor(
    private readonly limiter: EndpointRateLimiter,
    private readonly onWait: OnWait,
    private readonly waits: boolean,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Waits until the next attempt may be sent.
   * @returns false when the request does not wait and would have to, or when the signal ends the wait.
   */
  async acquire(): Promise<boolean> {
    const queue = this.waits ? this.limiter.queue : this.limiter.failFastQueue;
    if (this.limiter.mayBeRateLimited && !this.releaseQueue) {
      this.releaseQueue = await acquire(queue, this.signal);
      if (!this.releaseQueue) return false;
    }
    if (!this.waits && this.limiter.isPaced) return false;
    return this.limiter.waitForPermission(this.onWait, this.signal);
  }

  /** Lets the next request proceed: at the end, and before a wait that is not due to the rate limit. */
  release(): void {
    this.releaseQueue?.();
    this.releaseQueue = undefined;
  }
}
