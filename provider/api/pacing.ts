import { setTimeout as sleep } from "node:timers/promises";
import { TokenBucket } from "limiter";
import { Turns } from "../turns";

/**
 * How the admin API throttles, as measured from outside: 7 to 10 requests a minute for each endpoint,
 * mostly without `Retry-After`, refilled in about a minute.
 */
const THROTTLE = { windowMs: 60_000, fewestPerWindow: 7, mostPerWindow: 10 } as const;

/** Called when a call has to wait, with the milliseconds. */
export type OnWait = (milliseconds: number) => void;

/**
 * The way to one endpoint, shared by all calls of the process.
 *
 * It is open to all until the API refuses for the first time. From then on one call at a time passes, as fast
 * as the throttle was seen to allow, until nothing was asked for a whole window. A refused call keeps the way
 * to itself until it is answered, so that the calls behind it wait with it instead of being refused too.
 */
export class Lane {
  private answeredAt: number[] = [];
  private bucket: TokenBucket | undefined;
  private heldUntil = 0;
  private lastTry = 0;
  readonly turns = new Turns();

  /** @param windowMs the throttle's window in milliseconds; another than the API's only to measure in less time. */
  constructor(private readonly windowMs: number = THROTTLE.windowMs) {}

  /** Begins a call; it waits before each try, and must end. */
  call(onWait: OnWait): LaneCall {
    return new LaneCall(this, onWait);
  }

  get isPaced(): boolean {
    const now = Date.now();
    if (now - Math.max(this.lastTry, this.heldUntil) > this.windowMs) this.bucket = undefined;
    return this.bucket !== undefined;
  }

  async turn(onWait: OnWait): Promise<void> {
    const heldMs = Math.max(0, this.heldUntil - Date.now());
    const waitMs = Math.max(heldMs, this.bucket?.getWaitTime(1) ?? 0);
    if (waitMs > 0) onWait(waitMs);
    // Another refusal may prolong it meanwhile.
    for (let left = heldMs; left > 0; left = this.heldUntil - Date.now()) await sleep(left);
    await this.bucket?.removeTokens(1);
    this.lastTry = Date.now();
  }

  /** The API answered something else than "too many requests". */
  answered(): void {
    const now = Date.now();
    this.answeredAt = [...this.answeredAt.filter((time) => now - time < this.windowMs), now];
  }

  /** The API refused: nobody passes for `holdMs`, and those that follow are paced. */
  refused(holdMs: number): void {
    const now = Date.now();
    this.heldUntil = Math.max(this.heldUntil, now + holdMs);
    const seen = this.answeredAt.filter((time) => now - time < this.windowMs).length;
    this.bucket ??= new TokenBucket({
      bucketSize: 1,
      tokensPerInterval: Math.min(Math.max(seen, THROTTLE.fewestPerWindow), THROTTLE.mostPerWindow),
      interval: this.windowMs,
    });
  }
}

/** One call on its way through a lane, with all its tries. */
export class LaneCall {
  private leave: (() => void) | undefined;

  constructor(
    private readonly lane: Lane,
    private readonly onWait: OnWait,
  ) {}

  /** Waits until the next try may be sent. */
  async beforeTry(): Promise<void> {
    if (this.lane.isPaced) this.leave ??= await this.lane.turns.take();
    await this.lane.turn(this.onWait);
  }

  end(): void {
    this.leave?.();
  }
}
