import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { Emulator } from "./emulator";

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body, or undefined if it is not JSON. */
  readonly body: unknown;
}

export interface RequestParameters {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the emulator's own. Null sends none. */
  readonly key?: string | null;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal;
  /** The CA that the client trusts and the certificate that it presents, in PEM. */
  readonly tls?: { readonly ca: string; readonly cert?: string; readonly key?: string };
}

/** Sends a plain request to the emulator: one connection per request, no retries, no redirects. */
export function send(
  emulator: Emulator,
  method: string,
  path: string,
  parameters: RequestParameters = {},
): Promise<Response> {
  const url = new URL(emulator.url + path);
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ...optionsOf(emulator, parameters) }, (response) => {
      text(response)
        .then((body) => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, text: body, body: parsed(body) });
        })
        .catch(reject);
    });
    sent.on("error", reject);
    sent.end(textOf(parameters.body));
  });
}

function optionsOf(emulator: Emulator, parameters: RequestParameters): RequestOptions {
  const { key = emulator.adminKey, headers, signal, tls } = parameters;
  return {
    agent: false,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(parameters.body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(signal && { signal }),
    ...tls,
  };
}

const textOf = (body: unknown): string | undefined =>
  body === undefined || typeof body === "string" ? body : JSON.stringify(body);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
