import { type ScopedCertificates, stepName } from "../activation/reconcile";
import { RetryBudget } from "../api/budget";
import { listCertificates, toggleCertificates } from "../api/certificates";
import { type Scope, scopeName } from "../api/scope";
import { sessionClient } from "../session";

/** Waits up to this many milliseconds are not worth a line. */
const SILENT_WAIT_MS = 3_000;

/** A scope's certificates for one operation, with its own budget of time, over the process's client. */
export function certificatesOf(scope: Scope): ScopedCertificates {
  const client = sessionClient();
  const budget = new RetryBudget(client.retryTimeoutSeconds);
  const errand = (what: string) => ({
    budget,
    onWait: (reason: string, milliseconds: number) => {
      if (milliseconds <= SILENT_WAIT_MS) return;
      // What the provider prints, the engine shows as a message of the stack.
      console.log(`${scopeName(scope)}: ${reason}; next try in ${Math.ceil(milliseconds / 1000)} s; ${what}`);
    },
  });
  return {
    list: () => listCertificates(client, scope, errand("list")),
    toggle: (step) => toggleCertificates(client, scope, step.toggle, step.ids, errand(stepName(step))),
  };
}
