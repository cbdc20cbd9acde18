import { type Emulator, type Endpoint, type FaultKind, type FaultTarget } from "../emulator";

/** What a network or a server can do to a call. */
export interface Mishap {
  readonly name: string;
  /** Makes it happen to a call, and to as many after it as the target says. */
  strike(emulator: Emulator, target: FaultTarget): void;
  /**
   * Whether it can happen to a call: what is false, but as it should be (a list, a text, "no such
   * certificate" to a delete), nobody can tell.
   */
  befalls(endpoint: Endpoint): boolean;
  /** Whether a call to which it happens once is tried again, so that nobody notices. */
  readonly isSurvived: boolean;
}

const ANY = () => true;
const TOGGLES = (endpoint: Endpoint) => endpoint === "activate" || endpoint === "deactivate";

function mishap(
  name: string,
  isSurvived: boolean,
  kind: FaultKind,
  befalls: Mishap["befalls"] = ANY,
): Mishap {
  return {
    name,
    isSurvived,
    befalls,
    strike: (emulator, target) => {
      emulator.faults.add({ ...target, ...kind });
    },
  };
}

/** The connection is lost, and cannot be made again. A call that is to be struck so is the first, or reset. */
export const REFUSED: Mishap = mishap("connection refused", true, { kind: "reset-before" });

export const MISHAPS: readonly Mishap[] = [
  REFUSED,
  mishap("reset before", true, { kind: "reset-before" }),
  mishap("reset after", true, { kind: "reset-after" }),
  mishap("silence", true, { kind: "hang" }),
  mishap("silence after", true, { kind: "hang-after" }),
  mishap("cut body", true, { kind: "cut-body" }),
  mishap("dripping body", true, { kind: "drip-body" }),
  mishap("HTML body", true, { kind: "html-body" }),
  mishap("empty body", true, { kind: "empty-body" }),
  mishap("200 MB body", false, { kind: "huge-body" }),
  mishap("wrong object", false, { kind: "wrong-object" }, (endpoint) => endpoint !== "get"),
  mishap("id missing", false, { kind: "missing-id" }, TOGGLES),
  mishap("id in wrong state", false, { kind: "wrong-state" }, TOGGLES),
  mishap("redirect", false, { kind: "redirect" }),
  mishap("401", false, { kind: "status", status: 401 }),
  mishap("403", false, { kind: "status", status: 403 }),
  mishap("403 of a proxy", false, { kind: "page", status: 403 }),
  mishap("404", false, { kind: "status", status: 404 }, (endpoint) => endpoint !== "delete"),
  mishap("429", true, { kind: "status", status: 429 }),
  mishap("429, Retry-After", true, { kind: "status", status: 429, retryAfter: "1" }),
  mishap("500", true, { kind: "status", status: 500 }),
  mishap("503", true, { kind: "status", status: 503, code: "authentication_temporarily_unavailable" }),
];
