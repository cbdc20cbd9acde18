import type { X509Certificate } from "node:crypto";
import type { Scope } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";
import type { Step } from "./plan";

/** The certificates of one scope, and whom an operation on them has to mind: all that is not decided but done. */
export interface ScopedCertificates {
  readonly scope: Scope;
  /** The client certificate that the provider presents, then its intermediates; absent when none is configured. */
  readonly clientChain?: readonly X509Certificate[];
  list(): Promise<readonly ListedCertificate[]>;
  /** Sends one step. @returns the certificates of the step, checked to be in the state asked for. */
  toggle(step: Step): Promise<readonly ListedCertificate[]>;
  /** Reads a certificate's PEM text. */
  content(id: string): Promise<string>;
  /** Tells the person at `pulumi up`. */
  say(line: string): void;
}
