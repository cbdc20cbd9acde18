import { styleText } from "node:util";
import type { KnownClient } from "../../provider/clients/knownClient";
import { parseClient } from "../../provider/clients/knownClient";
import { clientAccessOf } from "../../provider/resource/openScope";
import { configureProcess } from "../../provider/session/currentConfiguration";
import { requestContexts } from "../../provider/session/operation";
import { sessionOf } from "../../provider/session/session";
import type { Session } from "../../provider/session/session";
import type { Connection } from "../../provider/settings/connection";
import { DEFAULT_CONNECTION, ENVIRONMENT } from "../../provider/settings/settings";
import { SettingsError } from "../../provider/settings/settingsError";
import { printError, sendMessagesWith } from "../../provider/shared/log";
import { SECONDS_A_DAY } from "../../provider/shared/unixTime";
import type { CommandResult } from "../commandResult";
import { readClients } from "./clientFiles";
import { readingApi } from "./look/api";
import { look } from "./look/look";
import { exitCodeOf } from "./model/report";
import type { CheckReport } from "./model/report";
import { reportOf, reportWithoutSettings } from "./model/reportOf";
import { parseOptions } from "./options";
import type { CheckOptions, Format } from "./options";
import { renderGithub } from "./output/github";
import { renderJson } from "./output/json";
import { renderPrometheus } from "./output/prometheus";
import { renderTable } from "./output/table";

export const CHECK_HELP = `pulumi-openai-certificates check [options]

Checks the access to the API, the certificates and their expiry, and whether clients are trusted. Needs no stack, and
changes nothing. Makes one API call for the organization, one for each project, and one for each certificate whose content
is needed to decide whether a client is trusted.

Settings are read from environment variables such as OPENAI_ADMIN_KEY; see "Configuration" in the README.

Options:
  --project <id>          Check a project. Can be repeated.
  --client <name>=<file>  Check whether a client is trusted: its certificate and intermediates in PEM format, without the
                          private key. Can be repeated.
  --client <folder>       The same for each .pem, .crt or .cer file of a folder. The name of the file is that of the client.
  --days <number>         Report what expires within this many days. The default is 30.
  --enforced              Report a project in which mTLS is not enforced; without --project, the organization.
  --json                  Write JSON.
  --format prometheus     Write metrics for the textfile collector of the Prometheus node exporter.
  --format github         Write annotations for GitHub Actions.

Exit codes: 0 without a problem; 1 when something expires or has expired, is rejected, or is not enforced; 2 when something
could not be checked, or an argument is invalid.
`;

/** @throws Error when an argument is invalid, or a client cannot be read. */
export async function check(args: readonly string[]): Promise<CommandResult> {
  const options = parseOptions(args);
  const clients = await readClients(options.clients);
  configureProcess({ read: () => undefined, source: ENVIRONMENT });
  // Standard output is for the result alone.
  sendMessagesWith(printError);
  const report = await createReport(options, clients);
  return { output: render(report, options.format), exitCode: exitCodeOf(report) };
}

async function createReport(options: CheckOptions, clients: readonly KnownClient[]): Promise<CheckReport> {
  const now = Date.now() / 1000;
  let session: Session;
  try {
    session = sessionOf(DEFAULT_CONNECTION);
  } catch (error) {
    if (error instanceof SettingsError) return reportWithoutSettings(error.message, options, now);
    throw error;
  }
  const { connection } = session.client;
  const { baseUrl, organization } = connection;
  const own = ownClient(connection);
  const observed = await look(readingApi(session.client, requestContexts(session, "check")), {
    projects: options.projects,
    ...(own && { own }),
    clients,
    now,
    horizon: now + options.days * SECONDS_A_DAY,
  });
  const settings = {
    baseUrl,
    ...(organization !== undefined && { organization }),
    presented: clientAccessOf(connection),
  };
  return reportOf(settings, observed, options, now);
}

/** The client certificate of the command, under the name of its setting; undefined when none reaches the API. */
function ownClient(connection: Connection): KnownClient | undefined {
  const { clientCertificate, names } = connection;
  if (!clientCertificate || clientAccessOf(connection) !== "presented") return undefined;
  const parsed = parseClient(names(["clientCertificate"]), clientCertificate.chainPem);
  return "client" in parsed ? parsed.client : undefined;
}

function render(report: CheckReport, format: Format): string {
  switch (format) {
    case "table":
      return renderTable(report, (style, text) => styleText(style, text, { stream: process.stdout }));
    case "json":
      return renderJson(report);
    case "prometheus":
      return renderPrometheus(report);
    case "github":
      return renderGithub(report);
  }
}
