/** The operations of the API. `models` stands for any request of a workload. */
export type Endpoint =
  "list" | "activate" | "deactivate" | "upload" | "get" | "rename" | "delete" | "audit-log" | "models";

export interface Route {
  readonly endpoint: Endpoint;
  readonly method: "GET" | "POST" | "DELETE";
  /** Pattern of the path. Method and pattern together are what one throttle counts. */
  readonly url: string;
}

const ORGANIZATION = "/v1/organization/certificates";
const CERTIFICATE = `${ORGANIZATION}/:certificate_id`;
const PROJECT = "/v1/organization/projects/:project_id/certificates";

export const ROUTES: readonly Route[] = [
  { endpoint: "list", method: "GET", url: ORGANIZATION },
  { endpoint: "upload", method: "POST", url: ORGANIZATION },
  { endpoint: "activate", method: "POST", url: `${ORGANIZATION}/activate` },
  { endpoint: "deactivate", method: "POST", url: `${ORGANIZATION}/deactivate` },
  { endpoint: "get", method: "GET", url: CERTIFICATE },
  { endpoint: "rename", method: "POST", url: CERTIFICATE },
  { endpoint: "delete", method: "DELETE", url: CERTIFICATE },
  { endpoint: "list", method: "GET", url: PROJECT },
  { endpoint: "activate", method: "POST", url: `${PROJECT}/activate` },
  { endpoint: "deactivate", method: "POST", url: `${PROJECT}/deactivate` },
  { endpoint: "audit-log", method: "GET", url: "/v1/organization/audit_logs" },
  { endpoint: "models", method: "GET", url: "/v1/models" },
];
