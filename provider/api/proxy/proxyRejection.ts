import { AxiosError, AxiosHeaders, isAxiosError } from "axios";

/** The proxy responded to CONNECT, and opened no tunnel. */
export class ProxyRejection extends Error {
  override readonly name = "ProxyRejection";

  constructor(readonly status: number) {
    super(`the proxy responded with HTTP ${status}`);
  }
}

/** The error of an attempt. A response of the proxy counts like one to the request itself. */
export function asResponse(error: unknown): unknown {
  if (!isAxiosError(error) || !(error.cause instanceof ProxyRejection)) return error;
  const { config = { headers: new AxiosHeaders() }, message } = error;
  const { status } = error.cause;
  const response = { status, statusText: "", headers: {}, data: "", config };
  return new AxiosError(message, AxiosError.ERR_BAD_RESPONSE, config, error.request, response);
}
