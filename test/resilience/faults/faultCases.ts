import { type Emulator, type Endpoint, type FaultKind, type FaultTarget } from "../../emulator/index";

/** What a network or a server can do to a call. */
export interface FaultCase {
  readonly name: string;
  /** The deadline of each attempt, in seconds: short for what never ends, long for what ends by itself. */
  readonly timeoutSeconds: string;
  /** Makes it happen to a call, and to as many after it as the target says. */
  inject(emulator: Emulator, target: FaultTarget): void;
  /**
   * Whether it can happen to a call: what is false, but as it should be (a list, a text, "no such
   * certificate" to a delete), nobody can tell.
   */
  appliesTo(endpoint: Endpoint): boolean;
  /** Whether the operation succeeds in spite of it, when it happens to a call once, or to all calls of that kind. */
  isSurvived(endpoint: Endpoint, lasting: boolean): boolean;
}

const ANY = () => true;
const CHANGES = (endpoint: Endpoint) => endpoint === "activate" || endpoint === "deactivate";

type IsSurvived = FaultCase["isSurvived"];

const NEVER: IsSurvived = () => false;
const ALWAYS: IsSurvived = () => true;
/** The call is tried again. */
const ONCE: IsSurvived = (_endpoint, lasting) => !lasting;
/** The API has acted, which a list shows; other calls are tried again. */
const ONCE_OR_LISTED: IsSurvived = (endpoint, lasting) => !lasting || CHANGES(endpoint);
/** The API has acted, which a list shows; other calls are not tried again. */
const LISTED: IsSurvived = CHANGES;

/** Faults that only a deadline ends. */
const ENDLESS: ReadonlySet<FaultKind["kind"]> = new Set(["hang", "hang-after", "drip-body"]);

function faultCase(
  name: string,
  isSurvived: IsSurvived,
  kind: FaultKind,
  appliesTo: FaultCase["appliesTo"] = ANY,
): FaultCase {
  return {
    name,
    timeoutSeconds: ENDLESS.has(kind.kind) ? "1" : "60",
    isSurvived,
    appliesTo,
    inject: (emulator, target) => {
      emulator.faults.add({ ...target, ...kind });
    },
  };
}

/** The connection is lost, and cannot be made again. A call that is to be struck so is the first, or reset. */
export const CONNECTION_REFUSED: FaultCase = faultCase("connection refused", ONCE, { kind: "reset-before" });

export const FAULT_CASES: readonly FaultCase[] = [
  CONNECTION_REFUSED,
  faultCase("reset before", ONCE, { kind: "reset-before" }),
  faultCase("reset after", ONCE_OR_LISTED, { kind: "reset-after" }),
  faultCase("silence", ONCE, { kind: "hang" }),
  faultCase("silence after", ONCE_OR_LISTED, { kind: "hang-after" }),
  faultCase("cut body", ONCE_OR_LISTED, { kind: "cut-body" }),
  faultCase("dripping body", ONCE_OR_LISTED, { kind: "drip-body" }),
  faultCase("HTML body", ONCE_OR_LISTED, { kind: "html-body" }),
  faultCase("empty body", ONCE_OR_LISTED, { kind: "empty-body" }),
  faultCase("200 MB body", LISTED, { kind: "huge-body" }),
  faultCase("wrong object", ALWAYS, { kind: "wrong-object" }),
  faultCase("id missing", LISTED, { kind: "missing-id" }, CHANGES),
  faultCase("id in wrong state", NEVER, { kind: "wrong-state" }, CHANGES),
  faultCase("sparse", ALWAYS, { kind: "sparse" }),
  faultCase("nulls", ALWAYS, { kind: "nulls" }),
  faultCase("extra fields", ALWAYS, { kind: "extra-fields" }),
  faultCase("list object", ALWAYS, { kind: "list-object" }, CHANGES),
  faultCase("all certificates", ALWAYS, { kind: "all-certificates" }, CHANGES),
  faultCase("changed only", ALWAYS, { kind: "changed-only" }, CHANGES),
  faultCase("without active", ALWAYS, { kind: "without-active" }, CHANGES),
  faultCase("state before", ALWAYS, { kind: "state-before" }, CHANGES),
  faultCase("deleted: true", ALWAYS, { kind: "deleted-true" }, (endpoint) => endpoint === "delete"),
  faultCase("redirect", NEVER, { kind: "redirect" }),
  faultCase("401", NEVER, { kind: "status", status: 401 }),
  faultCase("403", NEVER, { kind: "status", status: 403 }),
  faultCase("403 of a proxy", NEVER, { kind: "page", status: 403 }),
  faultCase("404", NEVER, { kind: "status", status: 404 }, (endpoint) => endpoint !== "delete"),
  faultCase("429", ONCE, { kind: "status", status: 429 }),
  faultCase("429, Retry-After", ONCE, { kind: "status", status: 429, retryAfter: "1" }),
  faultCase("500", ONCE, { kind: "status", status: 500 }),
  faultCase("503", ONCE, { kind: "status", status: 503, code: "authentication_temporarily_unavailable" }),
];
