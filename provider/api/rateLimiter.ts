import { setTimeout as sleep } from "node:timers/promises";
import { TokenBucket } from "limiter";
import { Mutex } from "../shared/mutex";

/**
 * How the admin API throttles, as measured from outside: 7 to 10 requests a minute for each endpoint,
 * mostly without `Retry-After`, refilled in about a minute.
 */
const THROTTLE = { windowMs: 60_000, fewestPerWindow: 7, mostPerWindow: 10 } as const;

/** How much longer than a window its paced calls take, so that a jitter of the network makes none come too early. */
const MARGIN = 1.02;

/** Called when a call has to wait, with the milliseconds. */
export type OnWait = (milliseconds: number) => void;

/**
 * The way to one endpoint, shared by all calls of the process.
 *
 * Nobody waits for a pace until the API refuses for the first time; only, when so many were asked that it may, calls
 * go one at a time, so that one refusal teaches them all. From then on they also go as slowly as the throttle was
 * seen to want, until nothing was asked for a whole window. A refused call keeps the way to itself until it is
 * answered, so that the calls behind it wait with it instead of being refused too.
 */
export class EndpointRateLimiter {
  /** When calls of the last window were sent, and when they were answered; see `recent`. */
  private sentAt: readonly number[] = [];
  private respondedAt: readonly number[] = [];
  private bucket: TokenBucket | undefined;
  private heldUntil = 0;
  /** Those who wait as long as it takes, and those who are gone as soon as there is a pace. */
  readonly queue = new Mutex();
  readonly failFastQueue = new Mutex();

  /** @param windowMs the throttle's window in milliseconds; another than the API's only to measure in less time. */
  constructor(private readonly windowMs: number = THROTTLE.windowMs) {}

  /**
   * Begins a call; it asks before each try, and must let the next one pass in the end.
   * @param queues whether it waits for the pace, where there is one.
   */
  ticket(onWait: OnWait, queues = true): Ticket {
    return new Ticket(this, onWait, queues);
  }

  get isPaced(): boolean {
    const lastTry = this.sentAt.at(-1) ?? 0;
    if (performance.now() - Math.max(lastTry, this.heldUntil) > this.windowMs) this.bucket = undefined;
    return this.bucket !== undefined;
  }

  /** Whether the API may refuse the next call. */
  get mayRefuse(): boolean {
    return this.isPaced || this.recent(this.sentAt).length >= THROTTLE.fewestPerWindow;
  }

  /** Milliseconds until none of the answered calls counts any more: no refusal can last longer because of them. */
  get refillMs(): number {
    const now = performance.now();
    return (this.recent(this.respondedAt)[0] ?? now) + this.windowMs - now;
  }

  async waitForTurn(onWait: OnWait): Promise<void> {
    if (this.bucket) await this.waitForPace(this.bucket, onWait);
    this.sentAt = [...this.recent(this.sentAt), performance.now()];
  }

  /** The API answered something else than "too many requests". */
  recordResponse(): void {
    this.respondedAt = [...this.recent(this.respondedAt), performance.now()];
  }

  /** The API refused: nobody passes for `holdMs`, and those that follow are paced. */
  recordRefusal(holdMs: number): void {
    this.heldUntil = Math.max(this.heldUntil, performance.now() + holdMs);
    const seen = this.recent(this.respondedAt).length;
    this.bucket ??= new TokenBucket({
      bucketSize: 1,
      tokensPerInterval: Math.min(Math.max(seen, THROTTLE.fewestPerWindow), THROTTLE.mostPerWindow),
      interval: this.windowMs * MARGIN,
    });
    // What is refused is not counted, so the next try waits for nothing but the hold.
    this.bucket.content = 1;
  }

  private async waitForPace(bucket: TokenBucket, onWait: OnWait): Promise<void> {
    const heldMs = Math.max(0, this.heldUntil - performance.now());
    const waitMs = Math.max(heldMs, bucket.getWaitTime(1));
    if (waitMs > 0) onWait(waitMs);
    // Another refusal may prolong it meanwhile.
    for (let left = heldMs; left > 0; left = this.heldUntil - performance.now()) await sleep(left);
    await bucket.removeTokens(1);
  }

  private recent(times: readonly number[]): readonly number[] {
    const now = performance.now();
    return times.filter((time) => now - time < this.windowMs);
  }
}

/** One call on its way through a lane, with all its tries. */
export class Ticket {
  private releaseQueue: (() => void) | undefined;

  constructor(
    private readonly limiter: EndpointRateLimiter,
    private readonly onWait: OnWait,
    private readonly waits: boolean,
  ) {}

  /** Waits until the next try may be sent. @returns false when it is not to be, because there is a pace to wait for. */
  async acquire(): Promise<boolean> {
    const line = this.waits ? this.limiter.queue : this.limiter.failFastQueue;
    if (this.limiter.mayRefuse) this.releaseQueue ??= await line.acquire();
    if (!this.waits && this.limiter.isPaced) return false;
    await this.limiter.waitForTurn(this.onWait);
    return true;
  }

  /** Lets the next call pass: at the end, and before a wait that is not the throttle's. */
  release(): void {
    this.releaseQueue?.();
    this.releaseQueue = undefined;
  }
}
