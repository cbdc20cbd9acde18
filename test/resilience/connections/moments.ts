/** How the provider reaches the API. */
export const ROUTES = ["direct", "http proxy", "https proxy"] as const;
export type Route = (typeof ROUTES)[number];

/** When and how a connection breaks. */
export interface Moment {
  /**
   * - `connect`: instead of the proxy's response to CONNECT.
   * - `hello`: instead of the server's part of the TLS handshake.
   * - `request`: after the handshake, instead of forwarding the request.
   * - `response`: after the API has executed the request, instead of its response.
   */
  readonly at: "connect" | "hello" | "request" | "response";
  /**
   * `half`: half of what should come, and then the end. `drip`: a header that grows byte by byte and does not end. A text
   * is sent as it is, and then the end.
   */
  readonly how: "end" | "reset" | "silence" | "half" | "drip" | { readonly text: string };
  /** What an error that it causes says. */
  readonly cause: RegExp;
}

const CLOSED = /socket hang up|ECONNRESET|disconnected before secure TLS connection/;
const NO_RESPONSE = /no complete response within 1 s/;

const rejection = (status: string, headers = ""): string =>
  `HTTP/1.1 ${status}\r\nContent-Length: 3\r\n${headers}\r\nno\n`;

const AT_PROXY: readonly Moment[] = [
  { at: "connect", how: "end", cause: CLOSED },
  { at: "connect", how: "reset", cause: CLOSED },
  { at: "connect", how: "half", cause: CLOSED },
  { at: "connect", how: "silence", cause: NO_RESPONSE },
  { at: "connect", how: "drip", cause: NO_RESPONSE },
  { at: "connect", how: { text: "SSH-2.0-proxy\r\n" }, cause: /HPE_INVALID|Parse Error/ },
  {
    at: "connect",
    how: { text: rejection("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="p"\r\n') },
    cause: /HTTP 407. The proxy requires credentials/,
  },
  { at: "connect", how: { text: rejection("403 Forbidden") }, cause: /HTTP 403.*HTTPS_PROXY/ },
  { at: "connect", how: { text: rejection("503 Service Unavailable") }, cause: /HTTP 503/ },
];

const IN_CONNECTION: readonly Moment[] = [
  { at: "hello", how: "end", cause: CLOSED },
  { at: "hello", how: "reset", cause: CLOSED },
  { at: "hello", how: "silence", cause: NO_RESPONSE },
  {
    at: "hello",
    how: { text: "HTTP/1.1 400 Bad Request\r\n\r\n" },
    cause: /wrong version number|EPROTO|ERR_SSL/,
  },
  { at: "request", how: "end", cause: CLOSED },
  { at: "request", how: "reset", cause: CLOSED },
  { at: "request", how: "silence", cause: NO_RESPONSE },
  { at: "response", how: "end", cause: CLOSED },
  { at: "response", how: "reset", cause: CLOSED },
  { at: "response", how: "silence", cause: NO_RESPONSE },
  { at: "response", how: "half", cause: CLOSED },
];

export const momentsOf = (route: Route): readonly Moment[] =>
  route === "direct" ? IN_CONNECTION : [...AT_PROXY, ...IN_CONNECTION];

export const describeMoment = ({ at, how }: Moment): string =>
  `${typeof how === "string" ? how : JSON.stringify(how.text.slice(0, 30))} at the ${at}`;
