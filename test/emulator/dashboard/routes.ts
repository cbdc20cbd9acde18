import type { FastifyInstance } from "fastify";
import { ApiError, badRequest } from "../api/apiError";
import { formatCertificates } from "../certificates/formatCertificates";
import { scopeOf } from "../store/scope";
import type { Store } from "../store/store";
import type { Dashboard } from "./dashboard";

interface Query {
  readonly id?: string;
  readonly project?: string;
}

/** The switches of the dashboard for a shell. Each responds with the certificates as they are after it. */
export function addDashboard(app: FastifyInstance, dashboard: Dashboard, store: Store): void {
  const listed = (): string => `${formatCertificates(store.all())}\n`;
  app.register(
    (routes, _options, done) => {
      routes.setErrorHandler((error, _request, reply) =>
        error instanceof ApiError ? reply.status(error.status).send(`${error.message}\n`) : reply.send(error),
      );
      routes.get("/", listed);
      routes.post<{ Querystring: Query }>("/activate", ({ query: { id, project } }) => {
        if (id === undefined)
          throw badRequest("missing_id", "Name a certificate: activate?id=cert_abc", "id");
        dashboard.setActive(id, scopeOf(project), true);
        return listed();
      });
      routes.post<{ Querystring: Query }>("/deactivate", ({ query: { id } }) => {
        dashboard.deactivateEverywhere(id);
        return listed();
      });
      done();
    },
    { prefix: "/dashboard" },
  );
}
