import { ApiError } from "./apiError";

export interface ThrottleOptions {
  /** Requests in a window, for each endpoint (method and route). */
  readonly requests: number;
  /** Length of the window in seconds, from its first request on. Default 60. */
  readonly windowSeconds?: number;
  /** The format of `Retry-After` in a 429 response. Default "none": the real API sends none. */
  readonly retryAfter?: "none" | "seconds" | "date";
  /** Milliseconds that only grow. Default `Date.now`. */
  readonly clock?: () => number;
}

interface Window {
  readonly endsAt: number;
  used: number;
}

/** A budget of requests for each endpoint, refilled at once when its window ends. */
export class Throttle {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly options: ThrottleOptions | undefined) {}

  /** Counts one request, or rejects it. */
  admit(endpoint: string): void {
    if (!this.options) return;
    const { requests, windowSeconds = 60, clock = Date.now } = this.options;
    const now = clock();
    let window = this.windows.get(endpoint);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + windowSeconds * 1000, used: 0 };
      this.windows.set(endpoint, window);
    }
    if (window.used >= requests) throw this.error(window.endsAt - now);
    window.used += 1;
  }

  private error(remainingMs: number): ApiError {
    const message = "Rate limit reached for this endpoint. Try again later.";
    return new ApiError(429, "rate_limit_exceeded", message, null, this.headers(remainingMs));
  }

  private headers(remainingMs: number): Record<string, string> {
    // Both formats have whole seconds, so they are rounded up: a client that obeys must not retry too early.
    switch (this.options?.retryAfter ?? "none") {
      case "none":
        return {};
      case "seconds":
        return { "retry-after": String(Math.max(1, Math.ceil(remainingMs / 1000))) };
      case "date":
        return { "retry-after": new Date(Date.now() + remainingMs + 999).toUTCString() };
    }
  }
}
