import type { Endpoint } from "../api/endpoint";
import { sameScope } from "../store/scope";
import type { Scope } from "../store/scope";
import type { Dialect } from "./dialect";

/** Faults that happen before a call is executed. */
export type EarlyFault =
  | { readonly kind: "reset-before" }
  | { readonly kind: "hang" }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      /** Sent as it is in `Retry-After`. */
      readonly retryAfter?: string;
    }
  | {
      /** A proxy rejects the call with an HTML page. */
      readonly kind: "page";
      readonly status: number;
    }
  | {
      readonly kind: "redirect";
      /** Path or URL. */
      readonly location?: string;
    };

/** Faults in the response to a call that was executed. Error responses are sent unchanged. */
export interface LateFault {
  /** A dialect: the response to this call has its format, whatever the format of the others. */
  readonly kind: TransportFault | ContentFault | Dialect;
}

/** The response does not arrive intact: see sendResponse.ts. */
export type TransportFault =
  "reset-after" | "hang-after" | "cut-body" | "drip-body" | "html-body" | "empty-body" | "huge-body";

/** The response arrives with wrong content: see corruptBody.ts. */
export type ContentFault = "wrong-object" | "missing-id" | "wrong-state" | "repeat-cursor" | "endless-list";

export type FaultKind = EarlyFault | LateFault;

export interface FaultTarget {
  readonly endpoint: Endpoint;
  /** Default: any scope. */
  readonly scope?: Scope;
  /** Position, from 1, among the matching calls since the fault was added. Default 1. */
  readonly call?: number;
  /** How many matching calls in a row, from that one on. Default 1; Infinity for all. */
  readonly times?: number;
}

export type Fault = FaultTarget & FaultKind;

export const isEarly = (fault: FaultKind): fault is EarlyFault =>
  fault.kind === "reset-before" ||
  fault.kind === "hang" ||
  fault.kind === "status" ||
  fault.kind === "page" ||
  fault.kind === "redirect";

export class Faults {
  private added: { readonly fault: Fault; calls: number }[] = [];

  add(fault: Fault): void {
    this.added.push({ fault, calls: 0 });
  }

  clear(): void {
    this.added = [];
  }

  /** Counts a call. @returns the fault to inject: the one added first, if several match. */
  next(endpoint: Endpoint, scope: Scope): FaultKind | undefined {
    const matching = this.added.filter(
      ({ fault }) =>
        fault.endpoint === endpoint && (fault.scope === undefined || sameScope(fault.scope, scope)),
    );
    for (const each of matching) each.calls += 1;
    return matching.find(({ fault, calls }) => {
      const { call = 1, times = 1 } = fault;
      return calls >= call && calls < call + times;
    })?.fault;
  }
}
