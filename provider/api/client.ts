import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type AgentOptions } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates } from "node:tls";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import type { Connection } from "../connection";
import type { RetryBudget } from "./budget";
import { ApiError, type RequestLine } from "./errors";
import { describeFailure, type Tries } from "./failure";
import { MAX_ANSWER_BYTES } from "./limits";
import { Lane } from "./pacing";
import { type FailedTry, isUsable, judge, parseJson, waitMs } from "./retry";

/** A request with all that decides how it is sent. */
export interface Request extends RequestLine {
  /** The endpoint as the API throttles it: its path with the ids left out. */
  readonly endpoint: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** False for what must not be done twice: it is sent again only when the API surely has not acted. Default true. */
  readonly repeatable?: boolean;
}

/** For whom a request is sent: how long it may be tried, and who hears of long waits. */
export interface Errand {
  readonly budget: RetryBudget;
  /** Whether the request waits in line while the API throttles its endpoint; else it is given up unsent. */
  readonly queues: boolean;
  /** Called before each wait, with its reason and its milliseconds. */
  readonly onWait: (reason: string, milliseconds: number) => void;
}

/** Speaks to the API. One for each connection and process, because its lanes are what all resources share. */
export class Client {
  private readonly http: AxiosInstance;
  private readonly lanes = new Map<string, Lane>();

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
      httpsAgent: new HttpsAgent({ keepAlive: true, ...tlsOf(connection) }),
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
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
  async send(request: Request, { budget, queues, onWait }: Errand): Promise<unknown> {
    const started = performance.now();
    const tries: Tries = { count: 0, mayHaveActed: false };
    const lane = this.lane(request.endpoint);
    const call = lane.call((milliseconds) => {
      onWait("rate limited", milliseconds);
    }, queues);

    const waitForNextTry = async (error: unknown): Promise<boolean> => {
      const failed = judge(error);
      tries.count += 1;
      tries.mayHaveActed ||= failed.mayHaveActed;
      const milliseconds = pauseMs(failed, tries.count, lane);
      if (failed.rateLimited) lane.refused(milliseconds);
      else lane.answered();
      const mayRepeat = request.repeatable !== false || !failed.mayHaveActed;
      if (!failed.retryable || !mayRepeat || !budget.spend(milliseconds)) return false;
      if (!failed.rateLimited) {
        call.letPass();
        onWait("no usable answer", milliseconds);
        await sleep(milliseconds);
      }
      return call.beforeTry();
    };

    try {
      if (!(await call.beforeTry())) throw notSent(request);
      const answer = await this.http.request<unknown>({
        method: request.method,
        url: request.path,
        ...(request.query && { params: request.query }),
        ...(request.body !== undefined && { data: request.body }),
        "axios-retry": { retryCondition: waitForNextTry },
      });
      lane.answered();
      return parseJson(answer.data);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      // axios's own error carries the request with its headers, so it ends here.
      const elapsedMs = performance.now() - started;
      throw new ApiError(describeFailure(error, request, tries, elapsedMs, this.connection));
    } finally {
      call.letPass();
    }
  }

  private lane(endpoint: string): Lane {
    const lane = this.lanes.get(endpoint) ?? new Lane(this.windowMs);
    this.lanes.set(endpoint, lane);
    return lane;
  }
}

/** How long to wait before the next try: never longer than the throttle can last, unless the API asks for that. */
function pauseMs(failed: FailedTry, tries: number, lane: Lane): number {
  const milliseconds = waitMs(failed, tries);
  if (!failed.rateLimited) return milliseconds;
  return Math.max(failed.retryAfterMs, Math.min(milliseconds, lane.refillMs));
}

function notSent({ method, path }: RequestLine): ApiError {
  const reason = "not asked, because the API is throttling these calls now";
  return new ApiError({ kind: "unavailable", request: { method, path }, reason, mayHaveActed: false });
}

/** Verification is always on, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
function tlsOf({ identity, caBundle }: Connection): AgentOptions {
  return {
    rejectUnauthorized: true,
    ...(caBundle !== undefined && { ca: [...getCACertificates("default"), caBundle] }),
    ...(identity && {
      cert: identity.chainPem,
      key: identity.keyPem,
      ...(identity.passphrase !== undefined && { passphrase: identity.passphrase }),
    }),
  };
}
