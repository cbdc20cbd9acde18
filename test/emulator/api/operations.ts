import { parseCaCertificate, rejectExpiring } from "../certificates/caPem";
import { isListed, render, renderInScope } from "../certificates/certificate";
import type { ProjectLists } from "../certificates/certificate";
import type { Scope } from "../store/scope";
import type { Store } from "../store/store";
import { badRequest } from "./apiError";
import { pageOf } from "./paging";
import type { Query } from "./paging";
import { randomId } from "./randomId";
import { certificateIds, fieldsOf, optionalText, requiredText } from "./requestBody";
import type { Fields } from "./requestBody";
import type { PageBody, ResponseBody } from "./responseBody";

/** The organization's rules for uploads. */
export interface UploadRules {
  readonly maxCertificates: number;
  readonly trimsNames: boolean;
}

export function list(store: Store, scope: Scope, projectLists: ProjectLists, query: Query): PageBody {
  const listed = store.all().filter((certificate) => isListed(certificate, scope, projectLists));
  const { items, hasMore } = pageOf(listed, query);
  return {
    object: "list",
    data: items.map((certificate) => renderInScope(certificate, scope)),
    first_id: items[0]?.id ?? null,
    last_id: items.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

export function get(store: Store, id: string, query: Query): ResponseBody {
  return render(store.find(id), includesContent(query));
}

export function upload(store: Store, body: string, now: number, rules: UploadRules): ResponseBody {
  const fields = fieldsOf(body);
  const pem = requiredText(fields, "certificate");
  const name = nameIn(fields, rules) ?? null;
  const validity = parseCaCertificate(pem);
  rejectExpiring(validity.expiresAt, now, "The certificate", "certificate");
  if (store.all().length >= rules.maxCertificates) {
    const message = `An organization holds at most ${rules.maxCertificates} certificates.`;
    throw badRequest("certificate_limit_exceeded", message, null);
  }
  const createdAt = Math.floor(now);
  const uploaded = {
    id: randomId("cert_"),
    name,
    createdAt,
    ...validity,
    pem,
    active: false,
    activeIn: [],
    associatedWith: [],
  };
  store.put(uploaded);
  return render(uploaded);
}

export function rename(store: Store, id: string, body: string, rules: UploadRules): ResponseBody {
  const certificate = store.find(id);
  const name = nameIn(fieldsOf(body), rules) ?? certificate.name;
  store.put({ ...certificate, name });
  return render(store.find(id));
}

export function remove(store: Store, id: string): ResponseBody {
  const { active, activeIn } = store.find(id);
  if (active || activeIn.length > 0) {
    const where = active ? "the organization" : `the project ${activeIn.join(", ")}`;
    throw badRequest("certificate_in_use", `Certificate '${id}' is active in ${where}.`, "certificate_id");
  }
  store.remove(id);
  return { object: "certificate.deleted", id };
}

export interface ActivationChange {
  readonly scope: Scope;
  readonly active: boolean;
  /** Does not change the last certificate, although the response reports the change (an injected fault). */
  readonly skipsLast: boolean;
}

export function changeActivation(
  store: Store,
  body: string,
  now: number,
  how: ActivationChange,
): ResponseBody {
  const { scope, active, skipsLast } = how;
  const ids = certificateIds(fieldsOf(body));
  // All are validated before one is changed: all or nothing.
  const named = ids.map((id) => store.find(id, "certificate_ids"));
  if (active) {
    for (const { id, expiresAt } of named)
      rejectExpiring(expiresAt, now, `Certificate '${id}'`, "certificate_ids");
  }
  store.setActive(skipsLast ? ids.slice(0, -1) : ids, scope, active);
  const prefix = scope === "organization" ? "organization.certificate" : "organization.project.certificate";
  return {
    object: `${prefix}.${active ? "activation" : "deactivation"}`,
    data: named.map((certificate) => ({ ...renderInScope(certificate, scope), active })),
  };
}

function nameIn(fields: Fields, { trimsNames }: UploadRules): string | undefined {
  const name = optionalText(fields, "name");
  return trimsNames ? name?.trim() : name;
}

/** `include[]=content` as documented, `include=content` as many clients write it. */
function includesContent(query: Query): boolean {
  const requested = Object.entries(query)
    .filter(([name]) => /^include(\[\d*\])?$/.test(name))
    .flatMap(([, value]) => value);
  if (requested.every((value) => value === "content")) return requested.length > 0;
  throw badRequest("invalid_value", "include can only name content.", "include");
}
