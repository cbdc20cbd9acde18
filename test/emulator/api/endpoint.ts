/** The operations of the API. `models` stands for any request of a workload. */
export type Endpoint =
  "list" | "activate" | "deactivate" | "upload" | "get" | "rename" | "delete" | "audit-log" | "models";

export interface Route {
  readonly endpoint: Endpoint;
  readonly method: "GET" | "POST" | "DELETE";
  /** Pattern of the path. Method and pattern together are what one throttle counts. */
  readonly url: string;
}

const organization = "/v1/organization/certificates";
const certificate = `${organization}/:certificate_id`;
const project = "/v1/organization/projects/:project_id/certificates";

export const ROUTES: readonly Route[] = [
  { endpoint: "list", method: "GET", url: organization },
  { endpoint: "upload", method: "POST", url: organization },
  { endpoint: "activate", method: "POST", url: `${organization}/activate` },
  { endpoint: "deactivate", method: "POST", url: `${organization}/deactivate` },
  { endpoint: "get", method: "GET", url: certificate },
  { endpoint: "rename", method: "POST", url: certificate },
  { endpoint: "delete", method: "DELETE", url: certificate },
  { endpoint: "list", method: "GET", url: project },
  { endpoint: "activate", method: "POST", url: `${project}/activate` },
  { endpoint: "deactivate", method: "POST", url: `${project}/deactivate` },
  { endpoint: "audit-log", method: "GET", url: "/v1/organization/audit_logs" },
  { endpoint: "models", method: "GET", url: "/v1/models" },
];
