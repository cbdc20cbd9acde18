import axios, { AxiosError } from "axios";
import type { AxiosInstance } from "axios";
import type { Connection } from "../settings/connection";
import { canceled, wait } from "../shared/cancellation";
import { withDeadline } from "../shared/deadline";
import { agentsFor, timeoutMsOf } from "./agents";
import { backoffMs } from "./backoff";
import type { RetryBudget } from "./backoff";
import { ApiError } from "./errors/apiError";
import type { RequestLine } from "./errors/apiError";
import { describeCause, describeFailure } from "./errors/describeFailure";
import type { Attempts } from "./errors/describeFailure";
import { MAX_RESPONSE_BYTES } from "./limits";
import { asResponse } from "./proxy/proxyRejection";
import { EndpointRateLimiter } from "./rateLimiter";
import { classifyFailure, isUsable, parseJson } from "./retry";
import type { FailedAttempt } from "./retry";

/** A request and the properties that decide how it is sent. */
export interface Request extends RequestLine {
  /** The endpoint as the API counts requests for its rate limit: the path without the ids. */
  readonly endpoint: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** False for a request that is repeated only if the API has definitely not acted on it. Default true. */
  readonly isIdempotent?: boolean;
}

/** How long a request may be retried, and what to call before a wait. */
export interface RequestContext {
  readonly budget: RetryBudget;
  /** Whether the request waits while its endpoint is rate limited. If not, it fails without being sent. */
  readonly waitsForRateLimit: boolean;
  /** Called before each wait, with its reason and duration. */
  readonly onWait: (reason: string, milliseconds: number) => void;
  /** Ends the waits. A request that has been sent is completed. */
  readonly signal?: AbortSignal;
}

/** Sends requests to the API. One for each connection and process, so that all resources share its rate limiters. */
export class Client {
  private readonly http: AxiosInstance;
  private readonly rateLimiters = new Map<string, EndpointRateLimiter>();

  /**
   * @param windowMs the window of the API's rate limit in milliseconds; shorter only in tests and benchmarks.
   * @throws SettingsError when the environment names a proxy that cannot be used.
   */
  constructor(
    readonly connection: Connection,
    private readonly windowMs?: number,
  ) {
    this.http = axios.create({
      baseURL: connection.baseUrl,
      headers: {
        Authorization: `Bearer ${connection.adminKey}`,
        ...(connection.organization !== undefined && { "OpenAI-Organization": connection.organization }),
      },
      ...agentsFor(connection),
      // The agents know the proxy, so axios does not look for one.
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_RESPONSE_BYTES,
      responseType: "text",
      // The body stays text: this client parses it, and axios does not guess whether it is JSON.
      transformResponse: (body: unknown) => body,
    });
  }

  /**
   * Sends a request as often as its retry budget allows.
   * @returns the JSON of the response.
   * @throws ApiError, and no other error, when there is no usable response.
   */
  async send(
    request: Request,
    { budget, waitsForRateLimit, onWait, signal }: RequestContext,
  ): Promise<unknown> {
    const started = performance.now();
    const attempts: Attempts = { count: 0, mayHaveActed: false };
    /** How many attempts failed for a reason for which there are few attempts. */
    let limitedCount = 0;
    const limiter = this.rateLimiter(request.endpoint);
    const ticket = limiter.ticket(
      (milliseconds) => {
        onWait("rate limited", milliseconds);
      },
      waitsForRateLimit,
      signal,
    );

    /** @returns false: a wait for another attempt has ended early. */
    const stopWaiting = (): false => {
      if (signal?.aborted) attempts.canceled = canceled(signal).message;
      return false;
    };

    /** @returns whether to send the request again. */
    const waitForRetry = async (error: unknown): Promise<boolean> => {
      const failed = classifyFailure(error);
      attempts.count += 1;
      attempts.mayHaveActed ||= failed.mayHaveActed;
      if (failed.maxAttempts !== undefined) limitedCount += 1;
      const milliseconds = retryDelayMs(failed, attempts.count, limiter);
      if (failed.rateLimited) limiter.recordRateLimited(milliseconds);
      else limiter.recordResponse();
      const mayRepeat = request.isIdempotent !== false || !failed.mayHaveActed;
      const isRetryable = failed.retryable && limitedCount < (failed.maxAttempts ?? Infinity);
      if (!isRetryable || !mayRepeat || !budget.spend(milliseconds)) return false;
      if (!failed.rateLimited) {
        ticket.release();
        onWait(describeCause(error, this.connection), milliseconds);
        if (!(await wait(milliseconds, signal))) return stopWaiting();
      }
      return (await ticket.acquire()) || stopWaiting();
    };

    try {
      if (!(await ticket.acquire())) throw requestNotSent(request, signal);
      for (;;) {
        try {
          const json = await this.attempt(request);
          limiter.recordResponse();
          return json;
        } catch (error) {
          if (!(await waitForRetry(error))) throw error;
        }
      }
    } catch (error) {
      if (error instanceof ApiError) throw error;
      // axios's own error contains the request with its headers, so it is replaced here.
      const elapsedMs = performance.now() - started;
      throw new ApiError(describeFailure(error, request, attempts, elapsedMs, this.connection));
    } finally {
      ticket.release();
    }
  }

  /** Sends a request once. @throws AxiosError when the response is not a success with a JSON body. */
  private async attempt({ method, path, query, body }: Request): Promise<unknown> {
    // axios's own timeout would start again with each byte of the body.
    const response = await withDeadline(timeoutMsOf(this.connection), (signal) =>
      this.http.request<unknown>({
        method,
        url: path,
        ...(query && { params: query }),
        ...(body !== undefined && { data: body }),
        signal,
      }),
    ).catch((error: unknown) => {
      throw asResponse(error);
    });
    if (isUsable(response)) return parseJson(response.data);
    throw new AxiosError("the body is not JSON", AxiosError.ERR_BAD_RESPONSE, response.config, {}, response);
  }

  private rateLimiter(endpoint: string): EndpointRateLimiter {
    const limiter = this.rateLimiters.get(endpoint) ?? new EndpointRateLimiter(this.windowMs);
    this.rateLimiters.set(endpoint, limiter);
    return limiter;
  }
}

/** The wait before the next attempt: not longer than the rate limit can last, unless `Retry-After` requests it. */
function retryDelayMs(failed: FailedAttempt, attempts: number, limiter: EndpointRateLimiter): number {
  const milliseconds = backoffMs(failed, attempts);
  if (!failed.rateLimited) return milliseconds;
  return Math.max(failed.retryAfterMs, Math.min(milliseconds, limiter.refillMs));
}

function requestNotSent({ method, path }: RequestLine, signal: AbortSignal | undefined): ApiError {
  const why = signal?.aborted ? canceled(signal).message : "this endpoint is currently rate limited";
  const reason = `request not sent: ${why}`;
  return new ApiError({ kind: "unavailable", request: { method, path }, reason, mayHaveActed: false });
}
