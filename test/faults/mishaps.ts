import { type Emulator, type Endpoint, type FaultKind, type FaultTarget } from "../emulator";

/** What a network or a server can do to a call. */
export interface Mishap {
  readonly name: string;
  /** The deadline of each attempt, in seconds: short for what never ends, long for what ends by itself. */
  readonly timeoutSeconds: string;
  /** Makes it happen to a call, and to as many after it as the target says. */
  strike(emulator: Emulator, target: FaultTarget): void;
  /**
   * Whether it can happen to a call: what is false, but as it should be (a list, a text, "no such
   * certificate" to a delete), nobody can tell.
   */
  befalls(endpoint: Endpoint): boolean;
  /** Whether the operation succeeds in spite of it, when it happens to a call once, or to all calls of that kind. */
  isSurvived(endpoint: Endpoint, lasting: boolean): boolean;
}

const ANY = () => true;
const TOGGLES = (endpoint: Endpoint) => endpoint === "activate" || endpoint === "deactivate";

type IsSurvived = Mishap["isSurvived"];

const NEVER: IsSurvived = () => false;
const ALWAYS: IsSurvived = () => true;
/** The call is tried again. */
const ONCE: IsSurvived = (_endpoint, lasting) => !lasting;
/** The API has acted, which a list shows; other calls are tried again. */
const ONCE_OR_LISTED: IsSurvived = (endpoint, lasting) => !lasting || TOGGLES(endpoint);
/** The API has acted, which a list shows; other calls are not tried again. */
const LISTED: IsSurvived = TOGGLES;

/** Faults that only a deadline ends. */
const ENDLESS: ReadonlySet<FaultKind["kind"]> = new Set(["hang", "hang-after", "drip-body"]);

function mishap(
  name: string,
  isSurvived: IsSurvived,
  kind: FaultKind,
  befalls: Mishap["befalls"] = ANY,
): Mishap {
  return {
    name,
    timeoutSeconds: ENDLESS.has(kind.kind) ? "1" : "60",
    isSurvived,
    befalls,
    strike: (emulator, target) => {
      emulator.faults.add({ ...target, ...kind });
    },
  };
}

/** The connection is lost, and cannot be made again. A call that is to be struck so is the first, or reset. */
export const REFUSED: Mishap = mishap("connection refused", ONCE, { kind: "reset-before" });

export const MISHAPS: readonly Mishap[] = [
  REFUSED,
  mishap("reset before", ONCE, { kind: "reset-before" }),
  mishap("reset after", ONCE_OR_LISTED, { kind: "reset-after" }),
  mishap("silence", ONCE, { kind: "hang" }),
  mishap("silence after", ONCE_OR_LISTED, { kind: "hang-after" }),
  mishap("cut body", ONCE_OR_LISTED, { kind: "cut-body" }),
  mishap("dripping body", ONCE_OR_LISTED, { kind: "drip-body" }),
  mishap("HTML body", ONCE_OR_LISTED, { kind: "html-body" }),
  mishap("empty body", ONCE_OR_LISTED, { kind: "empty-body" }),
  mishap("200 MB body", LISTED, { kind: "huge-body" }),
  mishap("wrong object", ALWAYS, { kind: "wrong-object" }),
  mishap("id missing", LISTED, { kind: "missing-id" }, TOGGLES),
  mishap("id in wrong state", NEVER, { kind: "wrong-state" }, TOGGLES),
  mishap("sparse", ALWAYS, { kind: "sparse" }),
  mishap("nulls", ALWAYS, { kind: "nulls" }),
  mishap("extra fields", ALWAYS, { kind: "extra-fields" }),
  mishap("list object", ALWAYS, { kind: "list-object" }, TOGGLES),
  mishap("all certificates", ALWAYS, { kind: "all-certificates" }, TOGGLES),
  mishap("changed only", ALWAYS, { kind: "changed-only" }, TOGGLES),
  mishap("without active", ALWAYS, { kind: "without-active" }, TOGGLES),
  mishap("state before", ALWAYS, { kind: "state-before" }, TOGGLES),
  mishap("deleted: true", ALWAYS, { kind: "deleted-true" }, (endpoint) => endpoint === "delete"),
  mishap("redirect", NEVER, { kind: "redirect" }),
  mishap("401", NEVER, { kind: "status", status: 401 }),
  mishap("403", NEVER, { kind: "status", status: 403 }),
  mishap("403 of a proxy", NEVER, { kind: "page", status: 403 }),
  mishap("404", NEVER, { kind: "status", status: 404 }, (endpoint) => endpoint !== "delete"),
  mishap("429", ONCE, { kind: "status", status: 429 }),
  mishap("429, Retry-After", ONCE, { kind: "status", status: 429, retryAfter: "1" }),
  mishap("500", ONCE, { kind: "status", status: 500 }),
  mishap("503", ONCE, { kind: "status", status: 503, code: "authentication_temporarily_unavailable" }),
];
