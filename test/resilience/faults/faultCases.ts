import type { Emulator, Endpoint, FaultKind, FaultTarget } from "../../emulator/index";

/** A fault of the network or the server. */
export interface FaultCase {
  readonly name: string;
  /** The timeout of each attempt, in seconds: short for faults that never end, long for those that end by themselves. */
  readonly timeoutSeconds: string;
  /** Injects it into a call, and into as many calls after it as the target defines. */
  inject(emulator: Emulator, target: FaultTarget): void;
  /**
   * Whether it can happen to a call. A wrong response that looks right (a list, a text, "certificate not found" for a
   * delete) cannot be detected.
   */
  appliesTo(endpoint: Endpoint): boolean;
  /**
   * Whether the operation succeeds in spite of it, when it happens once, or in all calls of that kind.
   * @param ofProject whether the resource is a project's, and has a state.
   */
  isSurvived(endpoint: Endpoint, lasting: boolean, ofProject: boolean): boolean;
}

const ANY = () => true;
const CHANGES = (endpoint: Endpoint) => endpoint === "activate" || endpoint === "deactivate";

type IsSurvived = FaultCase["isSurvived"];

const NEVER: IsSurvived = () => false;
const ALWAYS: IsSurvived = () => true;
/** The call is retried. */
const ONCE: IsSurvived = (_endpoint, lasting) => !lasting;
/** The API executed the call, which a list shows; other calls are retried. */
const ONCE_OR_LISTED: IsSurvived = (endpoint, lasting) => !lasting || CHANGES(endpoint);
/** The API executed the call, which a list shows; other calls are not retried. */
const LISTED: IsSurvived = CHANGES;

/** That a project does not exist must be said twice. */
const ONCE_FOR_PROJECT: IsSurvived = (endpoint, lasting, ofProject) =>
  ofProject && endpoint === "list" && !lasting;

/** Faults that only a timeout ends. */
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

/** The connection is refused. In a call after the first, the open connection is reset instead. */
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
  faultCase("404", ONCE_FOR_PROJECT, { kind: "status", status: 404 }, (endpoint) => endpoint !== "delete"),
  faultCase("429", ONCE, { kind: "status", status: 429 }),
  faultCase("429, Retry-After", ONCE, { kind: "status", status: 429, retryAfter: "1" }),
  faultCase("500", ONCE, { kind: "status", status: 500 }),
  faultCase("503", ONCE, { kind: "status", status: 503, code: "authentication_temporarily_unavailable" }),
];
