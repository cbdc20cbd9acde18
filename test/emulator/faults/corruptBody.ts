import { limitOf } from "../api/paging";
import type { Query } from "../api/paging";
import { randomId } from "../api/randomId";
import type { AnyBody } from "../api/responseBody";
import type { ContentFault, LateFault } from "./faults";

type Corruptor = (body: AnyBody, query: Query) => object;

const CORRUPTORS: Readonly<Record<ContentFault, Corruptor>> = {
  "wrong-object": (body) => ({ ...body, object: "something.else" }),
  "missing-id": (body) =>
    body.data ? { ...body, data: body.data.slice(0, -1) } : { ...body, id: undefined },
  "wrong-state": withLastStateInverted,
  // The cursor was ignored (see queryUnder), so this is the same page and the same cursor each time.
  "repeat-cursor": (body) => ({
    ...body,
    has_more: true,
    last_id: body.data?.at(-1)?.id ?? "cert_nowhere",
  }),
  "endless-list": (_body, query) => freshPage(limitOf(query)),
};

/** The response with the content that a fault gives it. */
export function corruptBody(kind: LateFault["kind"] | undefined, body: AnyBody, query: Query): object {
  const corruptor = kind && (CORRUPTORS as Partial<Record<LateFault["kind"], Corruptor>>)[kind];
  return corruptor ? corruptor(body, query) : body;
}

/** The query as a list with a cursor fault sees it. */
export function queryUnder(kind: LateFault["kind"] | undefined, query: Query): Query {
  if (kind !== "repeat-cursor" && kind !== "endless-list") return query;
  return { ...query, after: undefined };
}

function withLastStateInverted(body: AnyBody): object {
  const last = body.data?.at(-1);
  if (!body.data || !last) return body;
  return { ...body, data: body.data.with(-1, { ...last, active: last.active !== true }) };
}

function freshPage(limit: number): object {
  const data = Array.from({ length: limit }, () => ({
    object: "organization.certificate",
    id: randomId("cert_"),
    name: null,
    created_at: 0,
    certificate_details: { valid_at: 0, expires_at: 0 },
    active: false,
  }));
  return { object: "list", data, first_id: data[0]?.id, last_id: data.at(-1)?.id, has_more: true };
}
