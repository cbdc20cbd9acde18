import type { Endpoint } from "../api/endpoint";
import type { AnyBody, AnyCertificate } from "../api/responseBody";
import { isActive, renderInScope } from "../certificates/certificate";
import type { StoredCertificate } from "../certificates/certificate";
import type { Scope } from "../store/scope";

/** The formats that successful responses may have: the vendor's documents and clients disagree about them. */
export const DIALECTS = [
  /** As in the OpenAPI document: activate and deactivate return the certificates of the request. */
  "activation-object",
  /** Activate and deactivate return a page of a list. */
  "list-object",
  /** All optional fields are omitted. */
  "sparse",
  /** All optional fields are null. */
  "nulls",
  /** With fields that no document mentions. */
  "extra-fields",
  /** Activate and deactivate return all certificates of the scope. */
  "all-certificates",
  /** Activate and deactivate return only the certificates that they changed. */
  "changed-only",
  /** Activate and deactivate do not report which certificates are active. */
  "without-active",
  /** Activate and deactivate report the state from before the call. */
  "state-before",
  /** A delete returns `deleted: true`. */
  "deleted-true",
] as const;

export type Dialect = (typeof DIALECTS)[number];

/** A call that was executed, and its response in the default dialect. */
export interface Executed {
  readonly endpoint: Endpoint;
  readonly scope: Scope;
  readonly body: AnyBody;
  /** All certificates before and after the call. */
  readonly before: readonly StoredCertificate[];
  readonly after: readonly StoredCertificate[];
}

type Translator = (executed: Executed) => object;

const TRANSLATORS: Readonly<Record<Dialect, Translator>> = {
  "activation-object": ({ body }) => body,
  "list-object": forActivations(({ body, data }) => {
    const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
    return { ...body, object: "list", ...ends, has_more: false };
  }),
  sparse: ({ body }) => replacingOptional(body, undefined),
  nulls: ({ body }) => replacingOptional(body, null),
  "extra-fields": ({ body: { data, ...body } }) => ({
    ...body,
    region: "eu",
    ...(data && { data: data.map((each) => ({ ...each, tags: ["edge"], owner: { id: "user_a" } })) }),
  }),
  "all-certificates": forActivations(({ body, after, scope }) => ({
    ...body,
    data: after.map((certificate) => renderInScope(certificate, scope)),
  })),
  "changed-only": forActivations(({ body, data, wasActive }) => ({
    ...body,
    data: data.filter(({ id, active }) => active !== wasActive.has(id)),
  })),
  "without-active": forActivations(({ body, data }) => ({
    ...body,
    data: data.map(({ active: _, ...rest }) => rest),
  })),
  "state-before": forActivations(({ body, data, wasActive }) => ({
    ...body,
    data: data.map((each) => ({ ...each, active: wasActive.has(each.id) })),
  })),
  "deleted-true": ({ endpoint, body }) =>
    endpoint === "delete" ? { ...body, object: "certificate", deleted: true } : body,
};

/** The response in a dialect. Workloads and the audit log have only one. */
export function inDialect(dialect: Dialect, executed: Executed): AnyBody {
  const { endpoint, body } = executed;
  return endpoint === "models" || endpoint === "audit-log" ? body : TRANSLATORS[dialect](executed);
}

export const isDialect = (name: string): name is Dialect => DIALECTS.some((dialect) => dialect === name);

interface ExecutedActivation extends Executed {
  readonly data: readonly AnyCertificate[];
  readonly wasActive: ReadonlySet<string>;
}

/** A translator that changes only the responses of activate and deactivate. */
function forActivations(translate: (executed: ExecutedActivation) => object): Translator {
  return (executed) => {
    const { endpoint, body, before, scope } = executed;
    if (endpoint !== "activate" && endpoint !== "deactivate") return body;
    const wasActive = new Set(before.filter((each) => isActive(each, scope)).map(({ id }) => id));
    return translate({ ...executed, data: body.data ?? [], wasActive });
  };
}

const OPTIONAL: ReadonlySet<string> = new Set(["object", "created_at", "valid_at", "expires_at", "first_id"]);

/** Replaces optional fields. Those replaced with undefined are omitted. */
function replacingOptional(body: AnyBody, replacement: null | undefined): object {
  const isOptional = (field: string, value: unknown): boolean =>
    OPTIONAL.has(field) ||
    (field === "name" && value === null) ||
    (field === "certificate_details" && !(value as AnyCertificate["certificate_details"])?.content) ||
    ((field === "has_more" || field === "last_id") && body.has_more !== true);
  const replace = (field: string, value: unknown): unknown =>
    isOptional(field, value) ? replacement : value;
  return JSON.parse(JSON.stringify(body, replace)) as object;
}
