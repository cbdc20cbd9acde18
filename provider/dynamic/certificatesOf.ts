import { stepName } from "../activation/reconcile";
import type { ScopedCertificates } from "../activation/scopedCertificates";
import { RetryBudget } from "../api/budget";
import { listCertificates, readContent, toggleCertificates } from "../api/certificates";
import { type Scope, scopeName } from "../api/scope";
import { sessionClient } from "../session";

/** Waits up to this many milliseconds are not worth a line. */
const SILENT_WAIT_MS = 3_000;

/** A scope's certificates for one operation, with its own budget of time, over the process's client. */
export function certificatesOf(scope: Scope): ScopedCertificates {
  const client = sessionClient();
  const budget = new RetryBudget(client.connection.retryTimeoutSeconds);
  // What the provider prints, the engine shows as a message of the stack.
  const say = (line: string): void => {
    console.log(line);
  };
  const errand = (what: string) => ({
    budget,
    onWait: (reason: string, milliseconds: number) => {
      if (milliseconds <= SILENT_WAIT_MS) return;
      say(`${scopeName(scope)}: ${reason}; next try in ${Math.ceil(milliseconds / 1000)} s; ${what}`);
    },
  });
  const { identity } = client.connection;
  return {
    scope,
    ...(identity && { clientChain: identity.chain }),
    list: () => listCertificates(client, scope, errand("list")),
    toggle: (step) => toggleCertificates(client, scope, step.toggle, step.ids, errand(stepName(step))),
    content: (id) => readContent(client, id, errand(`read ${id}`)),
    say,
  };
}
