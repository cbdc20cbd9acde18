import type { Input } from "@pulumi/pulumi";
import { requireDirectDependency } from "./requireDirectDependency";
import { warnOfMisspelledSettings } from "./warnOfMisspelledSettings";

/**
 * Checks what would make the provider process fail, or ignore what the program means, where only the program's process
 * can see it.
 * @param connection the namespace of the settings of a resource that is about to be declared.
 * @throws RunError with the remedy.
 */
export function checkProgram(connection: Input<string> | undefined): void {
  requireDirectDependency();
  warnOfMisspelledSettings(connection);
}
