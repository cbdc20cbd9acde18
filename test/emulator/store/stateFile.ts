import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { StoredCertificate } from "../certificates/certificate";

export interface State {
  readonly projects: readonly string[];
  readonly certificates: readonly StoredCertificate[];
}

export function readState(path: string): State {
  if (!existsSync(path)) return { projects: [], certificates: [] };
  return JSON.parse(readFileSync(path, "utf8")) as State;
}

/** Writes a temporary file and renames it, so that no reader ever finds half a file. */
export function writeState(path: string, state: State): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(state, null, 2) + "\n");
  renameSync(temporary, path);
}
