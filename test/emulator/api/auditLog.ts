import type { StoredCertificate } from "../certificates/certificate";
import { projectOf } from "../store/scope";
import type { Scope } from "../store/scope";
import { limitOf } from "./paging";
import type { Query } from "./paging";
import type { ResponseBody } from "./responseBody";

/** Who changed something: a user of the admin key, or of the dashboard. */
export type Actor = "api_key" | "session";

const ACTORS: Readonly<Record<Actor, object>> = {
  api_key: { type: "api_key", api_key: { id: "key_emulator", type: "user", user: user("pipeline") } },
  session: { type: "session", session: { user: user("somebody"), ip_address: "192.0.2.1" } },
};

/** An event as in the response. The details are in the property named after its type. */
type AuditEvent = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly effective_at: number;
};

/** The organization's record of activations and deactivations. It is lost when the emulator closes. */
export class AuditLog {
  private readonly events: AuditEvent[] = [];

  /** `now` in seconds. */
  record(
    actor: Actor,
    active: boolean,
    scope: Scope,
    now: number,
    certificates: readonly StoredCertificate[],
  ) {
    const type = active ? "certificates.activated" : "certificates.deactivated";
    const project = projectOf(scope);
    this.events.push({
      object: "organization.audit_log",
      id: `audit_log-${this.events.length}`,
      type,
      effective_at: Math.floor(now),
      ...(project !== undefined && { project: { id: project, name: project } }),
      actor: ACTORS[actor],
      [type]: { certificates: certificates.map(({ id, name }) => ({ id, name })) },
    });
  }

  /** The newest events that match a query, newest first. There are no further pages. */
  list(query: Query): ResponseBody {
    const types = [query["event_types[]"] ?? []].flat();
    const since = Number(query["effective_at[gte]"] ?? 0);
    const found = this.events
      .filter(
        ({ type, effective_at }) => effective_at >= since && (types.length === 0 || types.includes(type)),
      )
      .toReversed();
    const page = { data: found.slice(0, limitOf(query)), has_more: found.length > limitOf(query) };
    // Other responses hold certificates; content faults do not apply to events.
    return { object: "list", ...page } as object as ResponseBody;
  }
}

function user(name: string): object {
  return { id: `user-${name}`, email: `${name}@example.com` };
}
