import { ids } from "../../../../test/support/ids";
import type { ClientError, Session, Step } from "./step";

const PROJECT = "proj_a";
/** Later than any run. */
const FAR = { validAt: 1_700_000_000, expiresAt: 4_102_444_800 };
const EXPIRED = { validAt: 1_600_000_000, expiresAt: 1_700_000_000 };

/** Seconds of a window of the throttle. More than the clients wait by themselves before a first retry. */
const WINDOW_SECONDS = 2;

const byId = (...idList: readonly string[]): { data: readonly object[] } => ({
  data: idList.map((id) => ({ id })),
});
const numbered = (first: number, last: number): readonly string[] => ids(first, last);

const LIFE: Session = {
  title: "life of two certificates",
  emulator: { projects: [PROJECT] },
  steps: [
    {
      title: "upload with a name",
      request: { operation: "create", parameters: { certificate: "$pemA", name: "edge" } },
      remember: "a",
      value: { object: "certificate", name: "edge", certificate_details: {} },
      absent: ["active", "certificate_details.content"],
    },
    {
      title: "upload without a name",
      request: { operation: "create", parameters: { certificate: "$pemB" } },
      remember: "b",
      value: { object: "certificate", name: null },
    },
    {
      title: "retrieve with the content",
      request: { operation: "retrieve", id: "$a", parameters: { include: ["content"] } },
      value: { id: "$a", object: "certificate", certificate_details: { content: "$pemA" } },
      absent: ["active"],
    },
    {
      title: "retrieve without the content",
      request: { operation: "retrieve", id: "$a" },
      value: { id: "$a", name: "edge" },
      absent: ["active", "certificate_details.content"],
    },
    {
      title: "rename",
      request: { operation: "update", id: "$b", parameters: { name: "batch" } },
      value: { id: "$b", object: "certificate", name: "batch" },
    },
    {
      title: "update nothing",
      request: { operation: "update", id: "$b", parameters: {} },
      value: { id: "$b", name: "batch" },
    },
    {
      title: "activate",
      request: { operation: "activate", parameters: { certificate_ids: ["$a", "$b"] } },
      value: {
        data: [
          { id: "$a", active: true, object: "organization.certificate" },
          { id: "$b", active: true },
        ],
      },
    },
    {
      title: "activate what is active",
      request: { operation: "activate", parameters: { certificate_ids: ["$a"] } },
      value: { data: [{ id: "$a", active: true }] },
    },
    {
      title: "delete what is active",
      request: { operation: "delete", id: "$a" },
      error: { class: "BadRequestError", status: 400, code: "certificate_in_use" },
    },
    {
      title: "activate for a project",
      request: { operation: "activate", project: PROJECT, parameters: { certificate_ids: ["$a"] } },
      value: { data: [{ id: "$a", active: true, object: "organization.project.certificate" }] },
    },
    {
      title: "deactivate",
      request: { operation: "deactivate", parameters: { certificate_ids: ["$a", "$b"] } },
      value: {
        data: [
          { id: "$a", active: false, object: "organization.certificate" },
          { id: "$b", active: false },
        ],
      },
    },
    {
      title: "delete what is active for a project",
      request: { operation: "delete", id: "$a" },
      error: { class: "BadRequestError", status: 400, code: "certificate_in_use" },
    },
    {
      title: "deactivate for a project",
      request: { operation: "deactivate", project: PROJECT, parameters: { certificate_ids: ["$a"] } },
      value: { data: [{ id: "$a", active: false, object: "organization.project.certificate" }] },
    },
    {
      title: "delete",
      request: { operation: "delete", id: "$a" },
      value: { id: "$a", object: "certificate.deleted" },
    },
    {
      title: "retrieve what was deleted",
      request: { operation: "retrieve", id: "$a" },
      error: { class: "NotFoundError", status: 404 },
    },
    {
      title: "delete the last one",
      request: { operation: "delete", id: "$b" },
      value: { id: "$b", object: "certificate.deleted" },
    },
    { title: "list nothing", request: { operation: "list" }, value: { data: [], has_more: false } },
    {
      title: "list nothing, all pages",
      request: { operation: "list-all", project: PROJECT },
      value: { data: [] },
    },
  ],
};

const PAGES: Session = {
  title: "pages",
  emulator: { projects: [PROJECT] },
  seeds: ids(1, 25).map((id, index) => ({
    id,
    name: `name of ${id}`,
    createdAt: 1_700_000_000 + index,
    ...FAR,
    active: index === 0,
    activeIn: index === 1 ? [PROJECT] : [],
  })),
  steps: [undefined, PROJECT].flatMap((project) => pages(project === undefined ? {} : { project })),
};

function pages(scope: { readonly project?: string }): readonly Step[] {
  const of = `of ${scope.project ?? "the organization"}`;
  const list = (parameters: object) => ({
    operation: "list" as const,
    ...scope,
    parameters: { ...parameters },
  });
  return [
    {
      title: `a page ${of}, newest first`,
      request: list({ limit: 2 }),
      value: { ...byId("cert_25", "cert_24"), has_more: true, last_id: "cert_24" },
    },
    {
      title: `a page ${of}, oldest first, after a certificate`,
      request: list({ limit: 3, order: "asc", after: "cert_02" }),
      value: { ...byId(...numbered(3, 5)), has_more: true, last_id: "cert_05" },
    },
    {
      title: `the last page ${of}`,
      request: list({ limit: 100, order: "asc", after: "cert_23" }),
      value: { ...byId("cert_24", "cert_25"), has_more: false },
    },
    {
      title: `all pages ${of}, of the default size`,
      request: { operation: "list-all", ...scope },
      value: byId(...numbered(1, 25).toReversed()),
      statuses: [200, 200],
    },
    {
      title: `all pages ${of}, oldest first, the last one full`,
      request: { operation: "list-all", ...scope, parameters: { limit: 5, order: "asc" } },
      value: {
        data: numbered(1, 25).map((id) => ({
          id,
          active: id === (scope.project === undefined ? "cert_01" : "cert_02"),
        })),
      },
      statuses: [200, 200, 200, 200, 200],
    },
  ];
}

const badRequest = (code: string, param?: string): ClientError => ({
  class: "BadRequestError",
  status: 400,
  code,
  ...(param !== undefined && { param }),
});

const rejected = (title: string, request: Step["request"], error: ClientError): Step => ({
  title,
  request,
  error: { ...error, hasRequestId: true },
});

const faulty = (status: number, errorClass: string): Step => ({
  title: `status ${status}`,
  request: { operation: "list" },
  faults: [{ endpoint: "list", kind: "status", status }],
  error: { class: errorClass, status, hasRequestId: true },
});

const ERRORS: Session = {
  title: "errors",
  emulator: { projects: [PROJECT], maxCertificates: 3 },
  seeds: [
    { id: "cert_a", ...FAR },
    { id: "cert_b", ...FAR },
    { id: "cert_old", ...EXPIRED },
  ],
  steps: [
    rejected(
      "a wrong key",
      { operation: "list", key: "sk-wrong" },
      { class: "AuthenticationError", status: 401, code: "invalid_api_key" },
    ),
    rejected(
      "an unknown certificate",
      { operation: "retrieve", id: "cert_unknown" },
      { class: "NotFoundError", status: 404, code: "certificate_not_found" },
    ),
    rejected(
      "an unknown project",
      { operation: "list", project: "proj_unknown" },
      { class: "NotFoundError", status: 404, code: "project_not_found" },
    ),
    rejected(
      "an unknown certificate among known ones",
      { operation: "activate", parameters: { certificate_ids: ["cert_a", "cert_unknown"] } },
      { class: "NotFoundError", status: 404, code: "certificate_not_found" },
    ),
    rejected(
      "no ids",
      { operation: "activate", parameters: { certificate_ids: [] } },
      badRequest("empty_array", "certificate_ids"),
    ),
    rejected(
      "more than ten ids",
      { operation: "deactivate", parameters: { certificate_ids: numbered(1, 11) } },
      badRequest("array_above_max_length", "certificate_ids"),
    ),
    rejected(
      "an expired certificate",
      { operation: "activate", parameters: { certificate_ids: ["cert_a", "cert_old"] } },
      badRequest("expired_certificate", "certificate_ids"),
    ),
    {
      title: "nothing was activated by the calls that were rejected",
      request: { operation: "list" },
      value: { data: [{ active: false }, { active: false }, { active: false }], has_more: false },
    },
    rejected(
      "no PEM",
      { operation: "create", parameters: { certificate: "no PEM" } },
      badRequest("mtls_certificate_invalid", "certificate"),
    ),
    rejected(
      "more certificates than allowed",
      { operation: "create", parameters: { certificate: "$pemA" } },
      badRequest("certificate_limit_exceeded"),
    ),
    rejected(
      "a page of no size",
      { operation: "list", parameters: { limit: 0 } },
      badRequest("integer_below_min_value", "limit"),
    ),
    rejected(
      "a page of more than 100",
      { operation: "list", parameters: { limit: 101 } },
      badRequest("integer_above_max_value", "limit"),
    ),
    rejected(
      "an unknown order",
      { operation: "list", parameters: { order: "up" } },
      badRequest("invalid_value", "order"),
    ),
    rejected(
      "an unknown part",
      { operation: "retrieve", id: "cert_a", parameters: { include: ["key"] } },
      badRequest("invalid_value", "include"),
    ),
    faulty(403, "PermissionDeniedError"),
    faulty(409, "ConflictError"),
    faulty(422, "UnprocessableEntityError"),
    faulty(429, "RateLimitError"),
    faulty(500, "InternalServerError"),
    faulty(503, "InternalServerError"),
    {
      title: "a connection that ends without a response",
      request: { operation: "list" },
      faults: [{ endpoint: "list", kind: "reset-before" }],
      error: { class: "APIConnectionError" },
      statuses: ["none"],
    },
  ],
};

const retried = (
  title: string,
  faults: Step["faults"],
  statuses: Step["statuses"],
  more: Partial<Step> = {},
): Step => ({
  title,
  request: { operation: "list", retries: null },
  ...(faults && { faults }),
  ...(statuses && { statuses }),
  ...(more.error === undefined && { value: { data: [{ id: "cert_a" }] } }),
  ...more,
});

/** The official clients retry twice. */
const RETRIES: Session = {
  title: "retries",
  seeds: [{ id: "cert_a", ...FAR }],
  steps: [
    ...[408, 409, 429, 500, 503].map((status) =>
      retried(`status ${status} once`, [{ endpoint: "list", kind: "status", status }], [status, 200]),
    ),
    retried(
      "a Retry-After of a second",
      [{ endpoint: "list", kind: "status", status: 429, retryAfter: "1" }],
      [429, 200],
    ),
    retried("no response once", [{ endpoint: "list", kind: "reset-before" }], ["none", 200]),
    retried("no end of it", [{ endpoint: "list", kind: "status", status: 503, times: 9 }], [503, 503, 503], {
      error: { class: "InternalServerError", status: 503 },
    }),
    retried("what a retry cannot mend", [{ endpoint: "list", kind: "status", status: 403 }], [403], {
      error: { class: "PermissionDeniedError", status: 403 },
    }),
    {
      title: "a lost response to an activation, which is idempotent",
      request: { operation: "activate", parameters: { certificate_ids: ["cert_a"] }, retries: null },
      faults: [{ endpoint: "activate", kind: "reset-after" }],
      value: { data: [{ id: "cert_a", active: true }] },
      statuses: ["none", 200],
    },
  ],
};

const throttled = (retryAfter: "seconds" | "date"): Session => ({
  title: `a throttle that sends Retry-After as ${retryAfter}`,
  emulator: { throttle: { requests: 1, windowSeconds: WINDOW_SECONDS, retryAfter } },
  seeds: [{ id: "cert_a", ...FAR }],
  steps: [
    retried("the first request", undefined, undefined),
    retried("the second request, which waits as long as Retry-After says", undefined, [429, 200]),
  ],
});

const THROTTLED_WITHOUT_HEADER: Session = {
  title: "a throttle as the API has it, which sends no Retry-After",
  emulator: { throttle: { requests: 1 } },
  seeds: [{ id: "cert_a", ...FAR }],
  steps: [
    retried("the first request", undefined, undefined),
    retried("the second request, for which two retries are too few", undefined, [429, 429, 429], {
      error: { class: "RateLimitError", status: 429, code: "rate_limit_exceeded" },
    }),
  ],
};

/** What both clients do, and have to find. */
export const SESSIONS: readonly Session[] = [
  LIFE,
  // The vendor's pages show two responses to activate and deactivate. The clients have to understand both.
  { ...LIFE, title: `${LIFE.title}, with lists`, emulator: { ...LIFE.emulator, dialect: "list-object" } },
  PAGES,
  ERRORS,
  RETRIES,
  throttled("seconds"),
  throttled("date"),
  THROTTLED_WITHOUT_HEADER,
];
