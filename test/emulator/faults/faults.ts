import { type Dialect } from "./dialect";
import { type Endpoint } from "../api/endpoint";
import { sameScope, type Scope } from "../store/scope";

/** Faults that break the call before it is carried out. */
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
      /** A proxy on the way refuses the call with a page of its own. */
      readonly kind: "page";
      readonly status: number;
    }
  | {
      readonly kind: "redirect";
      /** Path or URL. */
      readonly location?: string;
    };

/** Faults that spoil the answer of a call that was carried out. A refusal is answered as it is. */
export interface LateFault {
  /** A dialect: the response to this call has its shape, whatever the shape of the others. */
  readonly kind: TransportFault | ContentFault | Dialect;
}

/** The answer does not arrive as it was meant: see deliver.ts. */
export type TransportFault =
  "reset-after" | "hang-after" | "cut-body" | "drip-body" | "html-body" | "empty-body" | "huge-body";

/** The answer arrives, and says something wrong: see spoil.ts. */
export type ContentFault = "wrong-object" | "missing-id" | "wrong-state" | "repeat-cursor" | "endless-list";

export type FaultKind = EarlyFault | LateFault;

export interface FaultTarget {
  readonly endpoint: Endpoint;
  /** Default: any scope. */
  readonly scope?: Scope;
  /** Position, from 1, among the matching calls since the fault was added. Default 1. */
  readonly call?: number;
  /** How many matching calls in a row, from that one on. Default 1; Infinity for good. */
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

  /** Counts a call, and tells the fault that strikes it: the one added first, if several would. */
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
