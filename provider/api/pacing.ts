import { setTimeout as sleep } from "node:timers/promises";
import { TokenBucket } from "limiter";
import { Turns } from "../turns";

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
export class Lane {
  /** When calls of the last window were sent, and when they were answered; see `recent`. */
  private triedAt: readonly number[] = [];
  private answeredAt: readonly number[] = [];
  private bucket: TokenBucket | undefined;
  private heldUntil = 0;
  /** Those who wait as long as it takes, and those who are gone as soon as there is a pace. */
  readonly line = new Turns();
  readonly expressLine = new Turns();

  /** @param windowMs the throttle's window in milliseconds; another than the API's only to measure in less time. */
  constructor(private readonly windowMs: number = THROTTLE.windowMs) {}

  /**
   * Begins a call; it asks before each try, and must let the next one pass in the end.
   * @param queues whether it waits for the pace, where there is one.
   */
  call(onWait: OnWait, queues = true): LaneCall {
    return new LaneCall(this, onWait, queues);
  }

  get isPaced(): boolean {
    const lastTry = this.triedAt.at(-1) ?? 0;
    if (performance.now() - Math.max(lastTry, this.heldUntil) > this.windowMs) this.bucket = undefined;
    return this.bucket !== undefined;
  }

  /** Whether the API may refuse the next call. */
  get isNarrow(): boolean {
    return this.isPaced || this.recent(this.triedAt).length >= THROTTLE.fewestPerWindow;
  }

  /** Milliseconds until none of the answered calls counts any more: no refusal can last longer because of them. */
  get refillMs(): number {
    const now = performance.now();
    return (this.recent(this.answeredAt)[0] ?? now) + this.windowMs - now;
  }

  async turn(onWait: OnWait): Promise<void> {
    if (this.bucket) await this.waitForPace(this.bucket, onWait);
    this.triedAt = [...this.recent(this.triedAt), performance.now()];
  }

  /** The API answered something else than "too many requests". */
  answered(): void {
    this.answeredAt = [...this.recent(this.answeredAt), performance.now()];
  }

  /** The API refused: nobody passes for `holdMs`, and those that follow are paced. */
  refused(holdMs: number): void {
    this.heldUntil = Math.max(this.heldUntil, performance.now() + holdMs);
    const seen = this.recent(this.answeredAt).length;
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
export class LaneCall {
  private leave: (() => void) | undefined;

  constructor(
    private readonly lane: Lane,
    private readonly onWait: OnWait,
    private readonly queues: boolean,
  ) {}

  /** Waits until the next try may be sent. @returns false when it is not to be, because there is a pace to wait for. */
  async beforeTry(): Promise<boolean> {
    const line = this.queues ? this.lane.line : this.lane.expressLine;
    if (this.lane.isNarrow) this.leave ??= await line.take();
    if (!this.queues && this.lane.isPaced) return false;
    await this.lane.turn(this.onWait);
    return true;
  }

  /** Lets the next call pass: at the end, and before a wait that is not the throttle's. */
  letPass(): void {
    this.leave?.();
    this.leave = undefined;
  }
}
