import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type AgentOptions } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates } from "node:tls";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import type { Connection } from "../settings/connection";
import type { RetryBudget } from "./retryBudget";
import { ApiError, type RequestLine } from "./errors/apiError";
import { describeFailure, type Attempts } from "./errors/describeFailure";
import { MAX_RESPONSE_BYTES } from "./limits";
import { EndpointRateLimiter } from "./rateLimiter";
import { type FailedAttempt, isUsable, classifyFailure, parseJson, backoffMs } from "./retry";

/** A request with all that decides how it is sent. */
export interface Request extends RequestLine {
  /** The endpoint as the API throttles it: its path with the ids left out. */
  readonly endpoint: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** False for what must not be done twice: it is sent again only when the API surely has not acted. Default true. */
  readonly isIdempotent?: boolean;
}

/** For whom a request is sent: how long it may be tried, and who hears of long waits. */
export interface RequestContext {
  readonly budget: RetryBudget;
  /** Whether the request waits in line while the API throttles its endpoint; else it is given up unsent. */
  readonly waitsForRateLimit: boolean;
  /** Called before each wait, with its reason and its milliseconds. */
  readonly onWait: (reason: string, milliseconds: number) => void;
}

/** Speaks to the API. One for each connection and process, because its lanes are what all resources share. */
export class Client {
  private readonly http: AxiosInstance;
  private readonly rateLimiters = new Map<string, EndpointRateLimiter>();

  /** @param windowMs the throttle's window in milliseconds; another than the API's only to measure in less time. */
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
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true, ...tlsOptions(connection) }),
      maxRedirects: 0,
      maxContentLength: MAX_RESPONSE_BYTES,
      responseType: "text",
      // The body stays text: whether it is the promised JSON is judged here, not guessed by axios.
      transformResponse: (body: unknown) => body,
    });
    // A signal for each attempt, because axios's own time-out starts again with each byte of the body.
    this.http.interceptors.request.use((config) => ({
      ...config,
      signal: AbortSignal.timeout(Math.ceil(connection.timeoutSeconds * 1000)),
    }));
    axiosRetry(this.http, {
      retries: Number.POSITIVE_INFINITY,
      validateResponse: isUsable,
      retryDelay: () => 0,
    });
  }

  /**
   * Sends a request as often as its errand's budget allows.
   * @returns the JSON of the answer.
   * @throws ApiError, and nothing else, when there is none that can be used.
   */
  async send(request: Request, { budget, waitsForRateLimit, onWait }: RequestContext): Promise<unknown> {
    const started = performance.now();
    const tries: Attempts = { count: 0, mayHaveActed: false };
    const lane = this.rateLimiter(request.endpoint);
    const call = lane.ticket((milliseconds) => {
      onWait("rate limited", milliseconds);
    }, waitsForRateLimit);

    const waitForNextTry = async (error: unknown): Promise<boolean> => {
      const failed = classifyFailure(error);
      tries.count += 1;
      tries.mayHaveActed ||= failed.mayHaveActed;
      const milliseconds = retryDelayMs(failed, tries.count, lane);
      if (failed.rateLimited) lane.recordRefusal(milliseconds);
      else lane.recordResponse();
      const mayRepeat = request.isIdempotent !== false || !failed.mayHaveActed;
      if (!failed.retryable || !mayRepeat || !budget.spend(milliseconds)) return false;
      if (!failed.rateLimited) {
        call.release();
        onWait("no usable answer", milliseconds);
        await sleep(milliseconds);
      }
      return call.acquire();
    };

    try {
      if (!(await call.acquire())) throw requestNotSent(request);
      const answer = await this.http.request<unknown>({
        method: request.method,
        url: request.path,
        ...(request.query && { params: request.query }),
        ...(request.body !== undefined && { data: request.body }),
        "axios-retry": { retryCondition: waitForNextTry },
      });
      lane.recordResponse();
      return parseJson(answer.data);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      // axios's own error carries the request with its headers, so it ends here.
      const elapsedMs = performance.now() - started;
      throw new ApiError(describeFailure(error, request, tries, elapsedMs, this.connection));
    } finally {
      call.release();
    }
  }

  private rateLimiter(endpoint: string): EndpointRateLimiter {
    const lane = this.rateLimiters.get(endpoint) ?? new EndpointRateLimiter(this.windowMs);
    this.rateLimiters.set(endpoint, lane);
    return lane;
  }
}

/** How long to wait before the next try: never longer than the throttle can last, unless the API asks for that. */
function retryDelayMs(failed: FailedAttempt, tries: number, lane: EndpointRateLimiter): number {
  const milliseconds = backoffMs(failed, tries);
  if (!failed.rateLimited) return milliseconds;
  return Math.max(failed.retryAfterMs, Math.min(milliseconds, lane.refillMs));
}

function requestNotSent({ method, path }: RequestLine): ApiError {
  const reason = "not asked, because the API is throttling these calls now";
  return new ApiError({ kind: "unavailable", request: { method, path }, reason, mayHaveActed: false });
}

/** Verification is always on, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
function tlsOptions({ clientCertificate, caBundle }: Connection): AgentOptions {
  return {
    rejectUnauthorized: true,
    ...(caBundle !== undefined && { ca: [...getCACertificates("default"), caBundle] }),
    ...(clientCertificate && {
      cert: clientCertificate.chainPem,
      key: clientCertificate.keyPem,
      ...(clientCertificate.passphrase !== undefined && { passphrase: clientCertificate.passphrase }),
    }),
  };
}
